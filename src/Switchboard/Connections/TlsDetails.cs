using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard;

/// <summary>What a TLS handshake agreed on.</summary>
/// <param name="Protocol">The version.</param>
/// <param name="CipherSuite">How the bytes are protected.</param>
/// <param name="ApplicationProtocol">What was chosen by ALPN; null if nothing was.</param>
/// <param name="ServerName">The name that the client asked for (SNI); null if it named none.</param>
/// <param name="PeerCertificate">
/// Who the peer is; null for a client that was not asked. It stays usable after the connection has ended.
/// </param>
public sealed record TlsDetails(
    SslProtocols Protocol,
    TlsCipherSuite CipherSuite,
    string? ApplicationProtocol,
    string? ServerName,
    X509Certificate2? PeerCertificate);
