using System.Net;

namespace Switchboard.AspNetCore;

/// <summary>An endpoint of Switchboard where .NET asks for an <see cref="EndPoint"/>.</summary>
/// <param name="endpoint">Such as <c>memory:web</c>.</param>
public sealed class SwitchboardEndPoint(Endpoint endpoint) : EndPoint
{
    /// <summary>The endpoint itself.</summary>
    public Endpoint Endpoint => endpoint;

    /// <summary>The endpoint's text; of TCP only host and port: Kestrel writes <c>http://</c> before it.</summary>
    public override string ToString() => endpoint is TcpEndpoint
        ? $"{endpoint}"[(endpoint.Scheme.Length + "://".Length)..]
        : $"{endpoint}";

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SwitchboardEndPoint other && other.Endpoint == endpoint;

    /// <inheritdoc/>
    public override int GetHashCode() => endpoint.GetHashCode();
}
