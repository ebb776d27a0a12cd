using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>Reads certificates with their keys from files.</summary>
internal static class CertificateFiles
{
    /// <exception cref="InvalidDataException">The files hold no certificate with its key.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "Whoever gets the result owns the certificate in it.")]
    public static SslStreamCertificateContext LoadPem(string certificateFile, string keyFile)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificateFile);
            return Combine(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), [.. chain.Skip(1)]);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"{certificateFile} and {keyFile} are no certificate with its key: {error.Message} "
                + "Expected are PEM files, the key not encrypted.",
                error);
        }
    }

    /// <exception cref="InvalidDataException">The file holds no certificate with its key.</exception>
    public static SslStreamCertificateContext LoadPfx(string file, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password);
            var own = all.FirstOrDefault(each => each.HasPrivateKey)
                ?? throw new InvalidDataException($"{file} holds no certificate with its key.");
            all.Remove(own);
            return Combine(own, all);
        }
        catch (CryptographicException error)
        {
            throw new InvalidDataException(
                $"{file} is no PFX file, or the password is another: {error.Message}", error);
        }
    }

    public static SslStreamCertificateContext Combine(
        X509Certificate2 certificate,
        X509Certificate2Collection? intermediates)
    {
        if (OperatingSystem.IsWindows())
        {
            // Its TLS wants keys that are in its key store.
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
        }

        // Offline: what is missing is not fetched from addresses that stand in the certificate.
        return SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }
}
