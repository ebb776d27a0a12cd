using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>Makes certificates that vouch for themselves.</summary>
internal static class SelfSigned
{
    // Clocks differ, and a certificate that is valid from now on is not valid yet for whoever is behind.
    private static readonly TimeSpan Earlier = TimeSpan.FromHours(1);

    public static IReadOnlyCollection<string> LocalNames { get; } = ["localhost", "127.0.0.1", "::1"];

    public static TimeSpan Validity { get; } = TimeSpan.FromDays(90);

    public static X509Certificate2 Create(IReadOnlyCollection<string> names, TimeSpan validity, TimeProvider? time)
    {
        ArgumentOutOfRangeException.ThrowIfZero(names.Count, nameof(names));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validity, TimeSpan.Zero);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(names.First());
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(NamesOf(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(Usages());
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = (time ?? TimeProvider.System).GetUtcNow();
        return request.CreateSelfSigned(now - Earlier, now + validity);
    }

    private static X509Extension NamesOf(IEnumerable<string> names)
    {
        var extension = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                extension.AddIpAddress(address);
            }
            else
            {
                extension.AddDnsName(name);
            }
        }

        return extension.Build();
    }

    private static X509EnhancedKeyUsageExtension Usages()
    {
        const string Server = "1.3.6.1.5.5.7.3.1";
        const string Client = "1.3.6.1.5.5.7.3.2";
        return new([new Oid(Server), new Oid(Client)], critical: false);
    }
}
