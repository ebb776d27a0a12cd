using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Tests.Transports.Tls;

/// <summary>An authority that exists for one test, and issues what the test asks for.</summary>
internal sealed class TestAuthority
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _own;

    /// <param name="name">Its common name.</param>
    /// <param name="above">Vouches for this one; null if it vouches for itself.</param>
    public TestAuthority(string name = "Test Authority", TestAuthority? above = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        _own = above is null
            ? request.CreateSelfSigned(now.AddYears(-10), now.AddYears(10))
            : above.Sign(request, now.AddYears(-9), now.AddYears(9), key);
    }

    public X509Certificate2Collection Roots => [_own];

    public TlsCertificate Issue(
        string name = "localhost",
        int validFromDays = -1,
        int validToDays = 30,
        bool forClients = false) =>
        TlsCertificate.From(IssueBare(name, validFromDays, validToDays, forClients));

    public X509Certificate2 IssueBare(
        string name = "localhost",
        int validFromDays = -1,
        int validToDays = 30,
        bool forClients = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(forClients ? ClientUsage : ServerUsage)], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return Sign(request, now.AddDays(validFromDays), now.AddDays(validToDays), key);
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to, ECDsa key)
    {
        using var issued = request.Create(_own, from, to, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }
}
