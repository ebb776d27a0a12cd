namespace Switchboard.Cli.Options;

/// <summary>Endpoints as they are typed: those at which this process and another one can meet.</summary>
internal static class EndpointText
{
    /// <exception cref="FormatException">It is no endpoint, or nobody can be there.</exception>
    public static Endpoint ToConnectTo(string text) => ToListenAt(text) is TcpEndpoint { Port: 0 }
        ? throw new FormatException("Port 0 means any free port: nobody listens there.")
        : Endpoint.Parse(text);

    /// <exception cref="FormatException">It is no endpoint, or nobody else could reach it.</exception>
    public static Endpoint ToListenAt(string text) => Endpoint.Parse(text) is var endpoint and not MemoryEndpoint
        ? endpoint
        : throw new FormatException("A memory endpoint lives inside one process: no other one can reach it.");
}
