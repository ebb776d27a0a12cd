using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>Switchboard's endpoints as .NET's, and the other way round.</summary>
internal static class Addresses
{
    public static bool IsKnown(EndPoint address) => address
        is IPEndPoint or UnixDomainSocketEndPoint or NamedPipeEndPoint or FileHandleEndPoint or SwitchboardEndPoint;

    /// <exception cref="NotSupportedException">It is of another kind.</exception>
    public static Endpoint ToEndpoint(EndPoint address) => address switch
    {
        IPEndPoint ip => TcpEndpoint.From(ip),
        UnixDomainSocketEndPoint path => new UnixEndpoint(path.ToString()),
        NamedPipeEndPoint pipe => new PipeEndpoint(pipe.PipeName),
        FileHandleEndPoint handle => new DescriptorEndpoint(checked((int)handle.FileHandle)),
        SwitchboardEndPoint own => own.Endpoint,
        _ => throw new NotSupportedException($"{address} ({address.GetType().Name}) cannot be listened at."),
    };

    /// <summary>Null for a peer without an address.</summary>
    public static EndPoint? ToEndPoint(Endpoint endpoint) => endpoint switch
    {
        TcpEndpoint { Address: { } address } tcp => new IPEndPoint(address, tcp.Port),
        UnixEndpoint { IsUnnamed: true } => null,
        UnixEndpoint unix => new UnixDomainSocketEndPoint(unix.Path),
        PipeEndpoint pipe => new NamedPipeEndPoint(pipe.Name),
        _ => new SwitchboardEndPoint(endpoint),
    };

    /// <summary>An address to show, whatever its kind: where there is none, one that names the connection.</summary>
    public static Endpoint Describe(EndPoint? address, string connectionId) => address switch
    {
        UnixDomainSocketEndPoint path => UnixEndpoint.From(path),
        null => new MemoryEndpoint(connectionId),
        _ when IsKnown(address) => ToEndpoint(address),
        _ => new MemoryEndpoint(connectionId),
    };
}
