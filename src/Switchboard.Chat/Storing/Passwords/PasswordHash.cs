using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchboard.Chat.Storing.Passwords;

/// <summary>
/// What is kept instead of a password: PBKDF2 with HMAC-SHA-512, as text that says how it was made,
/// <c>pbkdf2-sha512$210000$SALT$HASH</c> in base64url.
/// </summary>
internal sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    private const string Algorithm = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 64;

    /// <summary>What a hash may ask for: one that somebody put into the table shall not stop the server.</summary>
    public const int MaxIterations = 100_000_000;

    public static PasswordHash Make(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);

        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads a hash's text; null if it is none that is known here.</summary>
    public static PasswordHash? Parse(string text) =>
        text.Split('$') is [Algorithm, var iterations, var salt, var hash]
        && int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is > 0 and <= MaxIterations
        && Base64Url.IsValid(salt)
        && Base64Url.IsValid(hash)
        && Base64Url.DecodeFromChars(hash) is { Length: HashBytes } bytes
            ? new PasswordHash(count, Base64Url.DecodeFromChars(salt), bytes)
            : null;

    /// <summary>Takes as long for a wrong password as for the right one.</summary>
    public bool IsOf(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations), Hash);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Algorithm}${Iterations}${Base64Url.EncodeToString(Salt)}${Base64Url.EncodeToString(Hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
