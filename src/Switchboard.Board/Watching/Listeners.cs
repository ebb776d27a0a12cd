using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>Puts together what the kernel and the library tell of listeners.</summary>
/// <param name="own">Those of this process.</param>
/// <param name="board">The board's own endpoint.</param>
/// <param name="nameOf">What a listener at an endpoint is called; null for no name.</param>
internal sealed class Listeners(OwnSockets own, Func<Endpoint> board, Func<Endpoint, string?> nameOf)
{
    // Numbers below zero: they never meet those of sockets.
    private readonly Dictionary<Listener, long> _numbers = [];
    private long _lastNumber;

    /// <summary>All of them, this process's first.</summary>
    /// <param name="sockets">What the kernel has, connections too.</param>
    public List<WatchedListener> Find(IEnumerable<WatchedSocket> sockets)
    {
        var listening = sockets.Where(socket => socket is { HasRow: true, State: SocketState.Listen }).ToList();
        var open = own.Connections.Where(connection => connection.Listener is not null)
            .CountBy(connection => connection.Listener!).ToDictionary();
        var ours = own.Listeners.ToList();
        Forget(ours);
        var all = new List<WatchedListener>();
        foreach (var (listener, server) in ours)
        {
            var rows = listening.Where(socket => IsOf(listener.Local, socket.Row)).ToList();
            listening.RemoveAll(rows.Contains);
            all.Add(Of(listener, server, rows, open.GetValueOrDefault(listener)));
        }

        all.Sort(static (one, other) => (one.IsBoard, one.Port).CompareTo((other.IsBoard, other.Port)));
        all.AddRange(listening.OrderBy(socket => socket.Kind).ThenBy(socket => socket.Row.Local.Port)
            .ThenBy(socket => socket.Local, StringComparer.Ordinal).Select(Of));
        return all;
    }

    /// <summary>What a listener of this process is called on the page; 0 if it is not known.</summary>
    public long NumberOf(Listener? listener) => listener is null ? 0 : _numbers.GetValueOrDefault(listener);

    private static bool IsOf(Endpoint local, in SocketRow row) => row.Kind == SocketKind.Unix
        ? row.Unix?.Path is { } path && path == UnixPeers.PathOf(local)
        : local is HostEndpoint host and not UdpEndpoint && host.Port == row.Local.Port
            && (row.Local.IsAny || host.IsAnyAddress || Meets(host, row.Local));

    private static bool Meets(HostEndpoint host, KernelAddress row) => host.Address is { } address
        ? KernelAddress.Of(address, host.Port) == row
        : !host.IsLoopback || row == KernelAddress.Of(IPAddress.Loopback, host.Port)
            || row == KernelAddress.Of(IPAddress.IPv6Loopback, host.Port);

    private static WatchedListener Of(WatchedSocket socket) => new(socket.Number, socket.Local)
    {
        Kind = socket.Kind,
        Process = socket.Process,
        Waiting = socket.Row.Unread,
        Backlog = socket.Row.Waiting,
        Drops = socket.Row.Drops,
    };

    private void Forget(List<KeyValuePair<Listener, Server?>> ours)
    {
        var known = ours.Select(pair => pair.Key).ToHashSet();
        foreach (var gone in _numbers.Keys.Where(listener => !known.Contains(listener)).ToList())
        {
            _numbers.Remove(gone);
        }
    }

    private WatchedListener Of(Listener listener, Server? server, List<WatchedSocket> rows, int open)
    {
        if (!_numbers.TryGetValue(listener, out var number))
        {
            _numbers[listener] = number = --_lastNumber;
        }

        return new WatchedListener(number, listener.Local.ToString())
        {
            IsOwn = true,
            Kind = listener.Local switch
            {
                HostEndpoint => SocketKind.Tcp,
                UnixEndpoint => SocketKind.Unix,
                _ => null,
            },
            Port = (listener.Local as HostEndpoint)?.Port ?? 0,
            IsBoard = listener.Local == board(),
            Name = nameOf(listener.Local),
            Waiting = rows.Count == 0 ? null : rows.Sum(row => row.Row.Unread),
            Backlog = rows.Count == 0 ? listener.Backlog : rows.Max(row => row.Row.Waiting),
            Drops = rows.Count == 0 ? null : rows.Sum(row => row.Row.Drops ?? 0),
            Open = open,
            MaxOpen = server?.Limits.MaxConnections is int.MaxValue ? null : server?.Limits.MaxConnections,
            Accepted = listener.GetStatistics().Accepted,
        };
    }
}
