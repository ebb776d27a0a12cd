using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Switchboard;

namespace Bank.Protocol;

/// <summary>
/// The bank's own authority and what it has issued, as PEM files in one private folder. A tier needs its own
/// certificate and key, and <c>authority.pem</c>; only who issues certificates needs the authority's key.
/// </summary>
public static class BankCertificates
{
    /// <summary>The application tier's certificate, and the name that it proves to the web tier.</summary>
    public const string Application = "bank-application";

    /// <summary>
    /// The web tier's certificate: good for connecting to the application tier, and for nothing else.
    /// </summary>
    public const string Web = "bank-web";

    private const string Authority = "authority";
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);
    private static readonly TimeSpan Margin = TimeSpan.FromDays(30);

    /// <summary>
    /// Makes everything anew if anything is missing or ends within a month; but nothing where the authority is without
    /// its key: that was brought from elsewhere, and nobody would trust a new one.
    /// </summary>
    public static void Ensure(string folder, TimeProvider? time = null)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        MakePrivateFolder(folder);
        FolderTurn.Take(folder, () =>
        {
            if (!IsIssuedElsewhere(folder) && !AreGood(folder, now))
            {
                MakeAll(folder, now);
            }
        });
    }

    public static TlsCertificate Load(string folder, string name) =>
        TlsCertificate.FromPem(CertificateFile(folder, name), KeyFile(folder, name));

    public static X509Certificate2Collection LoadRoots(string folder) =>
        [X509CertificateLoader.LoadCertificateFromFile(CertificateFile(folder, Authority))];

    private static string CertificateFile(string folder, string name) => Path.Combine(folder, $"{name}.pem");

    private static string KeyFile(string folder, string name) => Path.Combine(folder, $"{name}-key.pem");

    private static bool IsIssuedElsewhere(string folder) =>
        File.Exists(CertificateFile(folder, Authority)) && !File.Exists(KeyFile(folder, Authority));

    private static bool AreGood(string folder, DateTimeOffset now) =>
        IsGood(folder, Authority, now) && IsGood(folder, Application, now) && IsGood(folder, Web, now);

    private static bool IsGood(string folder, string name, DateTimeOffset now)
    {
        if (!File.Exists(CertificateFile(folder, name)) || !File.Exists(KeyFile(folder, name)))
        {
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificateFromFile(CertificateFile(folder, name));

        return certificate.NotAfter.ToUniversalTime() > (now + Margin).UtcDateTime;
    }

    private static void MakeAll(string folder, DateTimeOffset now)
    {
        using var authority = MakeAuthority(now);
        Save(folder, Authority, authority);
        Issue(folder, authority, Application, ServerUsage, now);
        Issue(folder, authority, Web, ClientUsage, now);
    }

    private static X509Certificate2 MakeAuthority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Switchboard Bank authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        return request.CreateSelfSigned(now.AddDays(-1), now + Validity);
    }

    private static void Issue(string folder, X509Certificate2 authority, string name, string usage, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: true));
        using var issued = request.Create(
            authority, now.AddDays(-1), now + Validity, RandomNumberGenerator.GetBytes(16));
        using var certificate = issued.CopyWithPrivateKey(key);
        Save(folder, name, certificate);
    }

    // The key first: a certificate without a key is made anew, a key without a certificate too.
    private static void Save(string folder, string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        PrivateFile.Write(KeyFile(folder, name), key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(CertificateFile(folder, name), certificate.ExportCertificatePem());
    }

    private static void MakePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
