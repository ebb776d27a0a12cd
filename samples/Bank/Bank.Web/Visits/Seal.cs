using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Bank.Web.Visits;

/// <summary>
/// Makes texts of what a page has to find again, so that the web tier keeps nothing itself. A sealed text says nothing
/// to who reads it, in a history or a log, and opens only for the same purpose, browser and customer.
/// </summary>
/// <param name="key">32 bytes; web servers that share it open each other's texts.</param>
/// <param name="time">What is sealed can be opened for a while only.</param>
public sealed class Seal(byte[] key, TimeProvider time)
{
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MaxTextChars = 3072;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="value">A record that JSON can hold.</param>
    /// <param name="owner">Who alone may open it.</param>
    public string Close<T>(T value, string owner)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Sealed<T>(value, time.GetUtcNow() + Lifetime));
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), PurposeOf<T>(owner));
        return WebEncoders.Base64UrlEncode(bytes);
    }

    /// <summary>False for what was not sealed here, for this and for this owner, or too long ago.</summary>
    public bool TryOpen<T>(string text, string owner, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (text.Length > MaxTextChars || Decode(text) is not { Length: > NonceBytes + TagBytes } bytes)
        {
            return false;
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
                plain, PurposeOf<T>(owner));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        var opened = JsonSerializer.Deserialize<Sealed<T>>(plain)!;
        value = opened.Expires > time.GetUtcNow() ? opened.Value : null;
        return value is not null;
    }

    private static byte[] PurposeOf<T>(string owner) => Encoding.UTF8.GetBytes($"{typeof(T).Name}\n{owner}");

    private static byte[]? Decode(string text)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Sealed<T>(T Value, DateTimeOffset Expires);
}
