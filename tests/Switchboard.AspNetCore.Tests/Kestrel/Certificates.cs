using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>A certificate that vouches for itself, made while tests run.</summary>
internal static class Certificates
{
    public static X509Certificate2 Shared { get; } = New();

    private static X509Certificate2 New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
