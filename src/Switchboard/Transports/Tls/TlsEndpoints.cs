namespace Switchboard.Transports.Tls;

/// <summary>What an endpoint is called above TLS, and below.</summary>
internal static class TlsEndpoints
{
    public static Endpoint Above(Endpoint endpoint) =>
        endpoint is TcpEndpoint tcp ? new TlsEndpoint(tcp.Host, tcp.Port) : endpoint;

    public static Endpoint Below(Endpoint endpoint) =>
        endpoint is TlsEndpoint tls ? new TcpEndpoint(tls.Host, tls.Port) : endpoint;
}
