using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Switchboard.Transports.Tls;

namespace Switchboard;

/// <summary>
/// A certificate with its private key, and the intermediate certificates that go with it. One from files is read again
/// when they have changed: new connections get the new one, and a new one that cannot be used leaves the old one.
/// </summary>
public sealed class TlsCertificate
{
    private readonly CertificateSource _source;

    private TlsCertificate(CertificateSource source) => _source = source;

    /// <summary>The certificate that the next connection gets. Not to be disposed.</summary>
    public X509Certificate2 Certificate => Current.TargetCertificate;

    /// <summary>The SHA-256 of <see cref="Certificate"/> (DER), as 64 hex digits: what a client can pin.</summary>
    public string Fingerprint => Fingerprints.Of(Certificate);

    internal SslStreamCertificateContext Current => _source.Current;

    /// <summary>
    /// Makes a certificate that vouches for itself, for local work: clients need its <see cref="Fingerprint"/> as their
    /// pin, or the certificate as their trusted root. Its key (ECDSA, P-256) lives in this process only.
    /// </summary>
    /// <param name="names">
    /// The names and addresses that it is for; null for <c>localhost</c>, <c>127.0.0.1</c> and <c>::1</c>.
    /// </param>
    /// <param name="validity">How long it is valid, from now; null for 90 days.</param>
    /// <param name="time">Tells now; the system's clock if null.</param>
    public static TlsCertificate CreateSelfSigned(
        IReadOnlyCollection<string>? names = null,
        TimeSpan? validity = null,
        TimeProvider? time = null) =>
        new(new CertificateSource(
            [],
            () => CertificateFiles.Combine(
                SelfSigned.Create(names ?? SelfSigned.LocalNames, validity ?? SelfSigned.Validity, time), null),
            failed: null));

    /// <summary>Takes a certificate that is in memory.</summary>
    /// <param name="certificate">With its private key; owned from now on.</param>
    /// <param name="intermediates">The certificates between it and the authority; null for none.</param>
    /// <exception cref="ArgumentException">It has no private key.</exception>
    public static TlsCertificate From(
        X509Certificate2 certificate,
        X509Certificate2Collection? intermediates = null) =>
        certificate.HasPrivateKey
            ? new(new CertificateSource([], () => CertificateFiles.Combine(certificate, intermediates), failed: null))
            : throw new ArgumentException("The certificate has no private key.", nameof(certificate));

    /// <summary>Reads a certificate from PEM files.</summary>
    /// <param name="certificateFile">The certificate, and behind it the intermediate ones.</param>
    /// <param name="keyFile">Its private key, not encrypted; may be the same file.</param>
    /// <param name="reloadFailed">
    /// Told, once for each change, why files that have changed cannot be used. Must return soon and not throw.
    /// </param>
    /// <exception cref="InvalidDataException">The files hold no certificate with its key.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static TlsCertificate FromPem(
        string certificateFile,
        string keyFile,
        Action<Exception>? reloadFailed = null) =>
        new(new CertificateSource(
            [certificateFile, keyFile], () => CertificateFiles.LoadPem(certificateFile, keyFile), reloadFailed));

    /// <summary>Reads a certificate from a PFX (PKCS #12) file.</summary>
    /// <param name="file">The certificate with its key, and the intermediate ones.</param>
    /// <param name="password">What opens the file; null if it is not encrypted.</param>
    /// <param name="reloadFailed">
    /// Told, once for each change, why a file that has changed cannot be used. Must return soon and not throw.
    /// </param>
    /// <inheritdoc cref="FromPem" path="/exception"/>
    public static TlsCertificate FromPfx(
        string file,
        string? password = null,
        Action<Exception>? reloadFailed = null) =>
        new(new CertificateSource([file], () => CertificateFiles.LoadPfx(file, password), reloadFailed));

    internal bool IsFor(string name) => Certificate.MatchesHostname(name);
}
