using System.Globalization;
using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>Asks the system who holds an address. Linux only: elsewhere the kernel keeps no such files.</summary>
internal static class HolderSearch
{
    private const string TcpFile = "/proc/net/tcp";
    private const string Tcp6File = "/proc/net/tcp6";
    private const string UdpFile = "/proc/net/udp";
    private const string Udp6File = "/proc/net/udp6";
    private const string UnixFile = "/proc/net/unix";
    private const string UsersFile = "/etc/passwd";

    /// <summary>Whether this system can be asked.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux();

    /// <summary>The TCP or UDP sockets at a port, listeners first; empty when nobody holds it.</summary>
    public static IReadOnlyList<Holder> Find(PortQuery query)
    {
        // The kernel lists both kinds in the same form.
        var (file, file6) = query.IsOfDatagrams ? (UdpFile, Udp6File) : (TcpFile, Tcp6File);
        var rows = TcpTable.Parse(Read(file)).Concat(TcpTable.Parse(Read(file6)))
            .Where(row => query.Concerns(row.Local))
            .OrderBy(row => row.State == SocketState.Listen ? 0 : 1)
            .ThenBy(row => row.State)
            .ToArray();
        var owners = new ProcessTable().OwnersOf(InodesOf(rows.Select(row => row.Inode)));
        var users = UserNames.Parse(rows.Length == 0 ? "" : Read(UsersFile));
        return
        [
            .. from row in rows
               let holder = Holder.Of(row, NameOf(users, row.UserId), [.. owners[row.Inode]])
               select query.IsOfDatagrams ? holder.WithDatagrams() : holder,
        ];
    }

    /// <summary>The Unix domain sockets bound to a path, listeners first; empty when nobody holds it.</summary>
    public static IReadOnlyList<Holder> Find(UnixEndpoint endpoint) => FindSocket(endpoint.Path, endpoint);

    /// <summary>Who holds an endpoint that could not be listened at; empty when it cannot be found out.</summary>
    public static IReadOnlyList<Holder> Find(Endpoint endpoint) => endpoint switch
    {
        _ when !IsAvailable => [],
        UnixEndpoint unix => Find(unix),
        PipeEndpoint { SocketPath: { } path } => FindSocket(path, endpoint),
        HostEndpoint { Address: { } address } host => Find(PortQuery.For(host, [address])),
        HostEndpoint { IsLoopback: true } host =>
            Find(PortQuery.For(host, [IPAddress.Loopback, IPAddress.IPv6Loopback])),
        HostEndpoint host => Find(PortQuery.For(host, addresses: null)),
        _ => [],
    };

    private static Holder[] FindSocket(string file, Endpoint endpoint)
    {
        var path = Path.GetFullPath(file);
        var name = Path.GetFileName(path);
        var rows = UnixTable.Parse(Read(UnixFile))
            .Where(row => row.Path == path || (!Path.IsPathRooted(row.Path) && Path.GetFileName(row.Path) == name))
            .OrderBy(row => row.State == SocketState.Listen ? 0 : 1)
            .ToArray();
        var processes = new ProcessTable();
        var owners = processes.OwnersOf(InodesOf(rows.Select(row => row.Inode)));
        return
        [
            .. from row in rows
               let having = owners[row.Inode].ToArray()
               where Path.IsPathRooted(row.Path) || having.Any(process => IsAt(path, row.Path, process, processes))
               select Holder.Of(row, endpoint, having),
        ];
    }

    private static HashSet<long> InodesOf(IEnumerable<long> inodes) => [.. inodes.Where(inode => inode != 0)];

    // A process may have bound a path relative to its own directory, which is what the kernel then lists.
    private static bool IsAt(string path, string relative, OwningProcess process, ProcessTable processes) =>
        processes.DirectoryOf(process) is { } directory && Path.GetFullPath(relative, directory) == path;

    private static string NameOf(IReadOnlyDictionary<int, string> users, int id) =>
        users.TryGetValue(id, out var name) ? name : id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The file's text; empty when there is none, as on a kernel without IPv6.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
