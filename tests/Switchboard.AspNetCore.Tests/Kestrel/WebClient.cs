using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Clients for one version of HTTP, and endpoints that speak it.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The client disposes its handler.")]
internal static class WebClient
{
    // Many handshakes at once, on a machine that has much else to do: Kestrel would wait for ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Listens at a free port of the loopback address.</summary>
    public static void ListenWith(this KestrelServerOptions kestrel, string version, bool tls) =>
        kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
        {
            endpoint.Protocols = version == "2.0" ? HttpProtocols.Http2 : HttpProtocols.Http1;
            if (tls)
            {
                endpoint.UseHttps(Certificates.Shared, https => https.HandshakeTimeout = Patience);
            }
        });

    public static HttpClient Make(string address, string version) => new(KnowingTheServer())
    {
        BaseAddress = new Uri(address),
        Timeout = Patience,
        DefaultRequestVersion = Version.Parse(version),
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public static Task AnswerAsync(HttpContext http, string text) => http.Response.WriteAsync(text);

    private static SocketsHttpHandler KnowingTheServer() => new()
    {
        SslOptions =
        {
            RemoteCertificateValidationCallback = static (_, seen, _, _) => Certificates.Shared.Equals(seen),
        },
    };
}
