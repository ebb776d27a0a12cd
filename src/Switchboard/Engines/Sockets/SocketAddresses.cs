using System.Net;
using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>The framework's addresses as endpoints.</summary>
internal static class SocketAddresses
{
    public static Endpoint ToEndpoint(EndPoint? address) => address switch
    {
        IPEndPoint ip => TcpEndpoint.From(ip),
        UnixDomainSocketEndPoint unix => UnixEndpoint.From(unix),
        _ => UnixEndpoint.Unnamed,
    };
}
