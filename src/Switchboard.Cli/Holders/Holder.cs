using System.Net;
using Switchboard.Board.Kernel;

namespace Switchboard.Cli.Holders;

/// <summary>A socket that holds an address.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Local">The endpoint that it holds.</param>
/// <param name="Remote">The other end, if it has one with an address.</param>
/// <param name="User">Whose socket it is; null where the kernel does not say.</param>
/// <param name="Inode">The kernel's number for it; 0 when no process has it open.</param>
/// <param name="Processes">Who has it open, as far as this user may see.</param>
internal sealed record Holder(
    SocketState State,
    Endpoint Local,
    Endpoint? Remote,
    string? User,
    long Inode,
    IReadOnlyList<OwningProcess> Processes)
{
    /// <summary>Whether a process has it open that this user may not look at.</summary>
    public bool IsHidden => Inode != 0 && Processes.Count == 0;

    /// <summary>A TCP socket of the kernel's list, with what else is known of it.</summary>
    public static Holder Of(TcpRow row, string user, IReadOnlyList<OwningProcess> processes) =>
        new(row.State, TcpEndpoint.From(row.Local), RemoteOf(row.Remote), user, row.Inode, processes);

    /// <summary>A Unix domain socket of the kernel's list, or a named pipe, with who has it open.</summary>
    public static Holder Of(UnixRow row, Endpoint endpoint, IReadOnlyList<OwningProcess> processes) =>
        new(row.State, endpoint, Remote: null, User: null, row.Inode, processes);

    /// <summary>The same socket as one of UDP.</summary>
    public Holder WithDatagrams() => this with { Local = OfDatagrams(Local)!, Remote = OfDatagrams(Remote) };

    private static UdpEndpoint? OfDatagrams(Endpoint? endpoint) =>
        endpoint is HostEndpoint host ? new UdpEndpoint(host.Host, host.Port) : null;

    private static TcpEndpoint? RemoteOf(IPEndPoint remote) => remote.Port == 0 ? null : TcpEndpoint.From(remote);
}
