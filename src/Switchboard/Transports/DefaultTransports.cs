namespace Switchboard.Transports;

/// <summary>Which transport stands behind each scheme.</summary>
internal static class DefaultTransports
{
    public static ITransport For(Endpoint endpoint) => endpoint switch
    {
        TcpEndpoint => TcpTransport.Instance,
        UnixEndpoint => UnixTransport.Instance,
        MemoryEndpoint => MemoryTransport.Shared,
        _ => throw new ArgumentException(
            $"No transport for {endpoint}. Pass one in the options.", nameof(endpoint)),
    };

    /// <summary>The endpoint as the kind that a transport understands.</summary>
    public static TEndpoint Expect<TEndpoint>(Endpoint endpoint)
        where TEndpoint : Endpoint =>
        endpoint as TEndpoint ?? throw new ArgumentException(
            $"{endpoint} is not an endpoint of this transport, which takes a {typeof(TEndpoint).Name}.",
            nameof(endpoint));
}
