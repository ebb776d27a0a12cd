using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>Finds what is wrong with sockets, and says it in words.</summary>
internal sealed class WarningRules
{
    private static readonly TimeSpan LongUnclosed = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongStuck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongUnread = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongConnecting = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DropsShown = TimeSpan.FromMinutes(1);

    private readonly Dictionary<long, (long Drops, DateTimeOffset GrownAt)> _drops = [];

    /// <summary>What is wrong with a connection; null for nothing.</summary>
    public static BoardWarning? Judge(WatchedSocket socket, DateTimeOffset now)
    {
        if (!socket.HasRow)
        {
            return null;
        }

        var isHeld = socket.Row.Inode != 0;
        return socket.State switch
        {
            SocketState.CloseWait when isHeld && now - socket.StateSince >= LongUnclosed => new(
                socket.Number, "not-closed", About(socket),
                $"{Whose(socket)} has not closed this socket, and the peer has finished",
                socket.StateSince),
            SocketState.SynSent when now - socket.StateSince >= LongConnecting => new(
                socket.Number, "no-answer", About(socket), $"Nobody answers at {socket.Remote}", socket.StateSince),
            SocketState.Listen => null,
            _ when socket is { Kind: SocketKind.Udp, DropsGrownAt: { } grown } && now - grown < DropsShown => new(
                socket.Number, "datagrams-dropped", About(socket),
                $"{Whose(socket)} takes datagrams more slowly than they come: {socket.Row.Drops:N0} were dropped"),
            _ when socket.Kind == SocketKind.Tcp && Stands(socket, socket.StuckSince, LongStuck, now) => new(
                socket.Number, "send-stuck", About(socket),
                "Send queue stuck: the peer confirms nothing of what waits for it", socket.StuckSince),
            _ when isHeld && Stands(socket, socket.UnreadSince, LongUnread, now) => new(
                socket.Number, "not-received", About(socket),
                $"{Whose(socket)} does not receive what has come for it", socket.UnreadSince),
            _ => null,
        };
    }

    /// <summary>
    /// Whether what waits may be stuck, or may be other bytes at each look: how much waits does not tell.
    /// </summary>
    public static bool IsDoubtful(WatchedSocket socket, DateTimeOffset now) =>
        socket is { Kind: SocketKind.Tcp, HasRow: true, IsGone: false }
        && (now - socket.StuckSince >= LongStuck || now - socket.UnreadSince >= LongUnread);

    /// <summary>What is wrong with a listener; null for nothing.</summary>
    public BoardWarning? Judge(WatchedListener listener, DateTimeOffset now)
    {
        if (listener is { Waiting: { } waiting, Backlog: > 0 and var backlog } && waiting > backlog)
        {
            return new(
                listener.Number, "backlog-full", listener.Local,
                $"The backlog is full: {waiting:N0} peers wait to be accepted, and it was made for {backlog:N0}");
        }

        if (listener.Drops is { } drops && GrownAt(listener.Number, drops, now) is { } grown)
        {
            return new(
                listener.Number, "backlog-overflowed", listener.Local,
                $"Backlog overflowed: {drops:N0} attempts to connect were turned away, as too many waited", grown);
        }

        return listener is { Open: { } open, MaxOpen: { } most } && open >= most
            ? new(
                listener.Number, "limit-reached", listener.Local,
                $"All {most:N0} connections that the server grants are taken, and others wait")
            : null;
    }

    /// <summary>Whether nothing has moved since then, and that is long ago; of TCP only a close look tells.</summary>
    private static bool Stands(WatchedSocket socket, DateTimeOffset? since, TimeSpan least, DateTimeOffset now) =>
        (socket.Kind == SocketKind.Tcp ? socket.LookedCloselyAt : now) - since >= least;

    // Asked for only where something is wrong: texts of all sockets would take longer than the look at them.
    private static string About(WatchedSocket socket) =>
        socket.Remote is { Length: > 0 } remote ? $"{socket.Local} → {remote}" : socket.Local;

    private static string Whose(WatchedSocket socket) => socket switch
    {
        { IsOfThisProcess: true } => "Your program",
        { Process: { } process } => process,
        _ => "Its program",
    };

    /// <summary>When they grew last, if that was seen and is not long ago.</summary>
    private DateTimeOffset? GrownAt(long number, long drops, DateTimeOffset now)
    {
        // Of those from before the first look nobody knows whether they are a second old or a month.
        var before = _drops.GetValueOrDefault(number, (drops, DateTimeOffset.MinValue));
        var current = drops > before.Item1 ? (drops, now) : before;
        _drops[number] = current;
        return now - current.Item2 < DropsShown ? current.Item2 : null;
    }
}
