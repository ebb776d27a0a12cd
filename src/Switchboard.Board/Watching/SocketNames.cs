using Switchboard.Board.Kernel;

namespace Switchboard.Board.Watching;

/// <summary>What the ends of a socket are called of which only the kernel tells: as endpoints are written.</summary>
internal static class SocketNames
{
    public static string Local(in SocketRow row) => row.Kind switch
    {
        SocketKind.Tcp => $"tcp://{row.Local.Plain}",
        SocketKind.Udp => $"udp://{row.Local.Plain}",
        _ => Of(row.Unix),
    };

    /// <param name="row">Of this end.</param>
    /// <param name="peer">Of the other end, where that is a socket of this machine.</param>
    /// <returns>Empty if there is no other end.</returns>
    public static string Remote(in SocketRow row, UnixEnd? peer) => row.Kind switch
    {
        not SocketKind.Unix when row.Remote.Port == 0 => "",
        SocketKind.Tcp => $"tcp://{row.Remote.Plain}",
        SocketKind.Udp => $"udp://{row.Remote.Plain}",
        _ => row.Unix is { PeerInode: not 0 } ? Of(peer) : "",
    };

    private static string Of(UnixEnd? end) =>
        end?.Path is { } path ? $"unix:{path}" : UnixEndpoint.Unnamed.ToString();
}
