using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>What all connections come to, as far as each is known.</summary>
internal sealed record Totals
{
    /// <summary>Connections of this process.</summary>
    public int Own { get; private init; }

    /// <summary>Those that are not over: without what the system only remembers.</summary>
    public int All { get; private init; }

    /// <summary>Bytes a second that this process receives and sends.</summary>
    public (double Received, double Sent) OwnRates { get; private init; }

    /// <summary>The same of all connections whose bytes are counted.</summary>
    public (double Received, double Sent) AllRates { get; private init; }

    /// <summary>Segments that were sent again, over all connections that are there.</summary>
    public long Retransmits { get; private init; }

    /// <param name="sockets">Listeners and sockets of datagrams as well, which are no connections.</param>
    /// <param name="isShown">Whether a socket counts.</param>
    public static Totals Of(List<WatchedSocket> sockets, Func<WatchedSocket, bool> isShown)
    {
        var (own, all, again) = (0, 0, 0L);
        var (ownReceived, ownSent, received, sent) = (0d, 0d, 0d, 0d);
        foreach (var socket in sockets)
        {
            if (!socket.IsConnection || socket.State == SocketState.TimeWait || !isShown(socket))
            {
                continue;
            }

            all++;
            received += socket.ReceiveRate ?? 0;
            sent += socket.SendRate ?? 0;
            again += socket.Row.Flow?.Retransmits ?? 0;
            if (socket.Own is not null)
            {
                own++;
                ownReceived += socket.ReceiveRate ?? 0;
                ownSent += socket.SendRate ?? 0;
            }
        }

        return new Totals
        {
            Own = own,
            All = all,
            OwnRates = (ownReceived, ownSent),
            AllRates = (received, sent),
            Retransmits = again,
        };
    }
}
