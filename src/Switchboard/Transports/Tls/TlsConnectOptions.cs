using System.Security.Cryptography.X509Certificates;

namespace Switchboard;

/// <summary>
/// How to speak TLS to a server: 1.2 or 1.3, never with renegotiation. By default the server has to prove its name with
/// a certificate that the operating system trusts; intermediate certificates are taken from the server alone.
/// </summary>
public sealed record TlsConnectOptions
{
    /// <summary>
    /// The name that the server has to prove, which it is also told (SNI). The endpoint's host if null; an endpoint
    /// without one, such as <c>unix:</c>, needs it unless there is a <see cref="Pin"/>.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// The authorities to trust, instead of the operating system's; null for the operating system's. To load a PEM
    /// file: <see cref="X509Certificate2Collection.ImportFromPemFile"/>.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// The SHA-256 of the server's certificate (DER) in hex, with or without colons, as
    /// <see cref="TlsCertificate.Fingerprint"/> shows it. The server must have exactly this certificate, and then
    /// neither authority nor name nor dates are asked for. Null for none.
    /// </summary>
    /// <exception cref="ArgumentException">It is not the hex text of 32 bytes.</exception>
    public string? Pin { get; init => field = Transports.Tls.Fingerprints.Canonical(value); }

    /// <summary>What the server has to prove. Default all of it.</summary>
    public TlsVerification Verification { get; init; } = TlsVerification.Full;

    /// <summary>
    /// Whether revocation is looked up. Default <see cref="X509RevocationMode.NoCheck"/>, so that no third party is
    /// asked while connecting; <see cref="X509RevocationMode.Online"/> asks, and refuses when nobody answers.
    /// </summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>This end's certificate, for servers that ask for one; null for none.</summary>
    public TlsCertificate? Certificate { get; init; }

    /// <summary>The application protocols that are offered (ALPN), best first. Default none.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    internal static TlsConnectOptions Default { get; } = new();
}
