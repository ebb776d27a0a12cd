using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>Finds the two ends of Unix domain sockets, and those that the library has told of already.</summary>
internal static class UnixPeers
{
    /// <summary>Pairs all that are there.</summary>
    /// <param name="sockets">Others as well.</param>
    /// <param name="own">What the library tells: the kernel's sockets of these would be the same once more.</param>
    public static void Find(List<WatchedSocket> sockets, OwnSockets own)
    {
        var unix = sockets.Where(static socket => socket is { HasRow: true, Row.Unix: not null }).ToList();
        if (unix.Count == 0)
        {
            return;
        }

        var byInode = new Dictionary<uint, WatchedSocket>();
        unix.ForEach(socket => byInode[socket.Row.Inode] = socket);
        var listening = PathsOf(own.Listeners.Select(static pair => pair.Key.Local));
        var connected = PathsOf(own.Connections.Select(static one => one.Connection.Remote));
        foreach (var socket in unix)
        {
            socket.Peer = byInode.GetValueOrDefault(socket.Row.Unix!.Value.PeerInode);
            socket.IsTwin = socket.State == SocketState.Established && IsTold(socket, listening, connected);
        }
    }

    /// <summary>What the kernel calls the file of an endpoint; null where there is none.</summary>
    public static string? PathOf(Endpoint endpoint) => endpoint switch
    {
        UnixEndpoint { IsUnnamed: false } unix => unix.Path,
        PipeEndpoint pipe => pipe.SocketPath,
        _ => null,
    };

    private static HashSet<string> PathsOf(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.Select(PathOf).Where(static path => path is not null).Select(static path => path!)];

    // An accepted socket has the name of its listener, and one that has connected has none.
    private static bool IsTold(WatchedSocket socket, HashSet<string> listening, HashSet<string> connected) =>
        socket.Row.Unix!.Value.Path is { } path
            ? listening.Contains(path)
            : socket is { IsOfThisProcess: true, Peer.Row.Unix.Path: { } peer } && connected.Contains(peer);
}
