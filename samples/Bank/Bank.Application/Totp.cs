using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Bank.Application;

/// <summary>
/// Codes that an authenticator computes from a secret and the time: RFC 6238 with SHA-1, 30 seconds, 6 digits.
/// </summary>
public static class Totp
{
    public const int StepSeconds = 30;

    private const int CodeDigits = 6;
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(string secret, DateTimeOffset time) =>
        Code(FromBase32(secret), StepAt(time), CodeDigits);

    /// <summary>Finds the step that a code is of: now, the one before or the one behind, as clocks differ.</summary>
    public static long? StepOf(string code, string secret, DateTimeOffset now)
    {
        var (key, current) = (FromBase32(secret), StepAt(now));
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            // All three are compared, however the first went.
            if (FixedTimeEquals(code, Code(key, step, CodeDigits)))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>RFC 4226, section 5.3.</summary>
    public static string Code(ReadOnlySpan<byte> key, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticators compute; HMAC does not need what SHA-1 has lost.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF;
        var code = number % (int)Math.Pow(10, digits);

        return code.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <exception cref="FormatException">A letter that is none of RFC 4648's 32.</exception>
    public static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in text.TrimEnd('='))
        {
            var value = Base32Alphabet.IndexOf(letter, StringComparison.OrdinalIgnoreCase);
            if (value < 0)
            {
                throw new FormatException($"'{letter}' is no letter of base 32.");
            }

            (bits, count) = (((bits << 5) | value) & 0xFFF, count + 5);
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
            }
        }

        return [.. bytes];
    }

    private static bool FixedTimeEquals(string one, string other) => CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.UTF8.GetBytes(one), System.Text.Encoding.UTF8.GetBytes(other));
}
