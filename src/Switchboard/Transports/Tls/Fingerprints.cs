using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Switchboard.Transports.Tls;

/// <summary>The SHA-256 of a certificate as text: 64 capital hex digits.</summary>
internal static class Fingerprints
{
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static string Of(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The same text as <see cref="Of"/> gives, whichever way it was typed.</summary>
    /// <exception cref="ArgumentException">It is not the hex text of 32 bytes.</exception>
    public static string? Canonical(string? typed)
    {
        var digits = typed?.Replace(":", "", StringComparison.Ordinal);
        return digits is null || (digits.Length == Digits && !digits.AsSpan().ContainsAnyExcept(HexDigits))
            ? digits?.ToUpperInvariant()
            : throw new ArgumentException(
                $"\"{typed}\" is no SHA-256 fingerprint: {Digits} hex digits are expected, with or without colons.",
                nameof(typed));
    }
}
