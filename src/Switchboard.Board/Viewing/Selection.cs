using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Viewing;

/// <summary>Finds the rows that a page shows among all sockets, however many there are.</summary>
internal static class Selection
{
    /// <param name="ask">What the page shows.</param>
    /// <param name="all">In the order in which they were seen first.</param>
    /// <param name="isShown">Says of the rest whether the page shows it.</param>
    public static Found Of(ViewAsk ask, List<WatchedSocket> all, Func<WatchedSocket, bool> isShown)
    {
        var states = new Dictionary<SocketState, int>();
        var matching = new List<WatchedSocket>(all.Count);
        foreach (var socket in all)
        {
            if (!Matches(ask, socket) || !isShown(socket))
            {
                continue;
            }

            states[socket.State] = states.GetValueOrDefault(socket.State) + 1;
            if (IsInState(ask.State, socket.State))
            {
                matching.Add(socket);
            }
        }

        Sort(matching, ask.Order);
        var first = Math.Clamp(ask.First, 0, Math.Max(matching.Count - 1, 0));
        return new Found(
            matching.GetRange(first, Math.Min(ask.Count, matching.Count - first)), matching.Count, states);
    }

    private static bool Matches(ViewAsk ask, WatchedSocket socket) =>
        socket is { State: not SocketState.Listen, IsTwin: false }
        && IsOfKind(ask.Kind, socket)
        && (!ask.OwnOnly || socket.IsOfThisProcess)
        && (ask.Search.Length == 0 || ask.Search.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => socket.SearchText.Contains(word, StringComparison.Ordinal)));

    private static bool IsOfKind(ViewKind asked, WatchedSocket socket) => asked switch
    {
        ViewKind.All => true,
        ViewKind.Tcp => socket.Kind == SocketKind.Tcp,
        ViewKind.Udp => socket.Kind == SocketKind.Udp,
        ViewKind.Unix => socket.Kind == SocketKind.Unix,
        _ => socket.Own is not null || socket.Kind != SocketKind.Unix,
    };

    private static bool IsInState(string asked, SocketState state) => asked switch
    {
        "" => true,
        ViewAsk.NotOver => state != SocketState.TimeWait,
        _ => SocketStates.NameOf(state) == asked,
    };

    private static void Sort(List<WatchedSocket> sockets, ViewOrder order)
    {
        if (order == ViewOrder.Newest)
        {
            sockets.Reverse();
        }
        else if (order != ViewOrder.Oldest)
        {
            // By number where they are equal: rows that do not change stay where they are.
            sockets.Sort((one, other) => KeyOf(other, order).CompareTo(KeyOf(one, order)) switch
            {
                0 => other.Number.CompareTo(one.Number),
                var different => different,
            });
        }
    }

    private static double KeyOf(WatchedSocket socket, ViewOrder order) => order switch
    {
        ViewOrder.Rate => (socket.ReceiveRate ?? 0) + (socket.SendRate ?? 0),
        ViewOrder.Bytes => (socket.BytesReceived ?? 0) + (socket.BytesSent ?? 0),
        ViewOrder.Queued => (double)socket.Row.Unread + socket.Row.Waiting,
        ViewOrder.RoundTrip => socket.Row.Flow?.RoundTripMicroseconds ?? 0,
        _ => socket.Row.Flow?.Retransmits ?? 0,
    };
}
