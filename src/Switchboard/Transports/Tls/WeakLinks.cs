using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>
/// Finds keys and signatures that can be forged. What .NET checks of them depends on the system's library and how that
/// is set up.
/// </summary>
internal static class WeakLinks
{
    private const int MinRsaBits = 2048;

    // Signatures over MD5 and SHA-1: with RSA, DSA and ECDSA.
    private static readonly string[] WeakSignatures =
    [
        "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10040.4.3", "1.2.840.10045.4.1",
    ];

    public static bool AreIn(X509Chain? chain) => chain?.ChainElements.Any(IsWeak) ?? false;

    private static bool IsWeak(X509ChainElement element)
    {
        using var key = element.Certificate.GetRSAPublicKey();
        return key is { KeySize: < MinRsaBits } || (!IsRoot(element.Certificate) && HasWeakSignature(element));
    }

    private static bool HasWeakSignature(X509ChainElement element) =>
        WeakSignatures.Contains(element.Certificate.SignatureAlgorithm.Value);

    // It is trusted for itself, and not for its signature.
    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
