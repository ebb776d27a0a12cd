using Switchboard.Transports.Tls;

namespace Switchboard.Transports;

/// <summary>Which transport stands behind each scheme.</summary>
internal static class DefaultTransports
{
    /// <summary>The transport that was passed, or the scheme's; with TLS over it where that is asked for.</summary>
    public static ITransport ToConnect(Endpoint endpoint, ConnectOptions options) =>
        options.Tls is null ? Choose(endpoint, options.Transport) : WithTls(endpoint, options.Transport);

    /// <inheritdoc cref="ToConnect"/>
    public static ITransport ToListen(Endpoint endpoint, ListenOptions options) =>
        options.Tls is null ? Choose(endpoint, options.Transport) : WithTls(endpoint, options.Transport);

    private static ITransport Choose(Endpoint endpoint, ITransport? passed) =>
        endpoint is TlsEndpoint ? WithTls(endpoint, passed) : passed ?? For(endpoint);

    private static TlsTransport WithTls(Endpoint endpoint, ITransport? passed) =>
        new(passed ?? For(TlsEndpoints.Below(endpoint)));

    private static ITransport For(Endpoint endpoint) => endpoint switch
    {
        TcpEndpoint => TcpTransport.Instance,
        UnixEndpoint => UnixTransport.Instance,
        DescriptorEndpoint => DescriptorTransport.Instance,
        MemoryEndpoint => MemoryTransport.Shared,
        PipeEndpoint when OperatingSystem.IsLinux() => PipeSocketTransport.Instance,
        PipeEndpoint => PipeStreamTransport.Instance,
        ExecEndpoint => ExecTransport.Instance,
        StandardEndpoint => StandardTransport.Instance,
        SharedMemoryEndpoint => SharedMemoryTransport.Default,
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
