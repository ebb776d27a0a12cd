using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>
/// Finds which process has a socket open. That means reading what every process has open: it is done beside everything
/// else, seldom, and only while there are sockets of which it is not known.
/// </summary>
internal sealed class SocketHolders(TimeProvider time)
{
    private const double Share = 0.005;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Pace _pace = new(Shortest, Longest, Share, time);
    private readonly HashSet<long> _searched = [];
    private Task<ILookup<long, OwningProcess>>? _search;

    /// <summary>Names the processes of sockets that were found, and begins to search for those of others.</summary>
    public void Name(IReadOnlyList<WatchedSocket> sockets)
    {
        if (_search is { IsCompleted: true })
        {
            NameFound(sockets, _search);
            _search = null;
        }

        if (_search is null && _pace.IsDue && SocketDump.IsAvailable)
        {
            Begin(sockets);
        }
    }

    private static bool IsUnknown(WatchedSocket socket) => socket is { Process: null, HasRow: true, Row.Inode: > 0 };

    private static void NameFound(IReadOnlyList<WatchedSocket> sockets, Task<ILookup<long, OwningProcess>> search)
    {
        if (!search.IsCompletedSuccessfully)
        {
            return;
        }

        foreach (var socket in sockets.Where(IsUnknown))
        {
            var processes = search.Result[socket.Row.Inode];
            if (processes.Any())
            {
                socket.NameProcesses(processes);
            }
        }
    }

    private void Begin(IReadOnlyList<WatchedSocket> sockets)
    {
        var inodes = sockets.Where(IsUnknown).Select(socket => (long)socket.Row.Inode).ToHashSet();

        // Whose process this user may not look at was searched for once, and is not again.
        if (!inodes.IsSubsetOf(_searched))
        {
            _searched.Clear();
            _searched.UnionWith(inodes);
            _search = Task.Run(() =>
            {
                ILookup<long, OwningProcess>? found = null;
                _pace.Run(() => found = new ProcessTable().OwnersOf(inodes));
                return found!;
            });
        }
    }
}
