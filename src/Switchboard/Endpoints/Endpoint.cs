using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Switchboard;

/// <summary>An address as one string.</summary>
public abstract record Endpoint
{
    /// <summary>What stands before the colon.</summary>
    public abstract string Scheme { get; }

    /// <summary>Reads an endpoint.</summary>
    public static Endpoint Parse(string text) => throw new NotSupportedException(text);

    /// <summary>Reads an endpoint.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Parse is the named way.")]
    public static implicit operator Endpoint(string text) => Parse(text);
}

/// <summary>A TCP address.</summary>
public sealed record TcpEndpoint(string Host, int Port) : Endpoint
{
    /// <summary>tcp.</summary>
    public override string Scheme => "tcp";

    /// <summary>The address, unless the host is a name.</summary>
    public IPAddress? Address => IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>From the framework's type.</summary>
    public static TcpEndpoint From(IPEndPoint address) => new(address.Address.ToString(), address.Port);
}

/// <summary>A unix path.</summary>
public sealed record UnixEndpoint(string Path) : Endpoint
{
    /// <summary>unix.</summary>
    public override string Scheme => "unix";
}

/// <summary>A name in this process.</summary>
public sealed record MemoryEndpoint(string Name) : Endpoint
{
    /// <summary>memory.</summary>
    public override string Scheme => "memory";
}
