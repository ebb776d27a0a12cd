using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bank.Protocol;

namespace Bank.Web.Guarding;

/// <summary>
/// What proves to browsers who this site is. Without one of an authority that browsers trust, this machine gets one of
/// its own, good for its own names and signed by itself: browsers warn once, and nobody has to trust an authority whose
/// key lies in a folder.
/// </summary>
public static class PageCertificate
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(7);

    /// <summary>The certificate in these two files.</summary>
    public static X509Certificate2 Load(string certificateFile, string keyFile)
    {
        // Not every system can speak TLS with a key that was never in a file of its own kind.
        using var loaded = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>This machine's own; made if it is missing or about to end.</summary>
    /// <param name="folder">Where it lies, as <c>page.pem</c> and <c>page-key.pem</c>.</param>
    /// <param name="time">Says when it ends.</param>
    public static X509Certificate2 Ensure(string folder, TimeProvider time)
    {
        var (certificateFile, keyFile) = (Path.Combine(folder, "page.pem"), Path.Combine(folder, "page-key.pem"));
        var now = time.GetUtcNow();
        Directory.CreateDirectory(folder);
        FolderTurn.Take(folder, () =>
        {
            if (!IsGood(certificateFile, keyFile, now))
            {
                Make(certificateFile, keyFile, now);
            }
        });
        return Load(certificateFile, keyFile);
    }

    private static bool IsGood(string certificateFile, string keyFile, DateTimeOffset now)
    {
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
        {
            return false;
        }

        using var found = Load(certificateFile, keyFile);
        return found.NotAfter.ToUniversalTime() > (now + Margin).UtcDateTime;
    }

    private static void Make(string certificateFile, string keyFile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUsage)], critical: true));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, certificate.ExportCertificatePem());
    }
}
