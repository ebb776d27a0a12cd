using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Switchboard.Cli.WebFiles;

/// <summary>
/// Knows the one name and password of a server. A wrong one costs whoever guesses as much time as it costs us, and at
/// most so many guesses are looked at together; the right one is recognised at once from then on.
/// </summary>
internal sealed class Doorman : IDisposable
{
    private const string Scheme = "Basic ";
    private const int Iterations = 200_000;
    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(SaltBytes);
    private readonly byte[] _quickKey = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly byte[] _expected;
    private readonly SemaphoreSlim _guesses = new(1);
    private volatile byte[]? _known;

    /// <param name="login"><c>name:password</c>; not kept.</param>
    public Doorman(string login)
    {
        _expected = Derive(login);
    }

    /// <summary>Whether the request has the right name and password.</summary>
    public async Task<bool> AdmitsAsync(HttpRequest request)
    {
        if (LoginOf(request.Headers.Authorization.ToString()) is not { } login)
        {
            return false;
        }

        var quick = HMACSHA256.HashData(_quickKey, Encoding.UTF8.GetBytes(login));
        if (_known is { } known && CryptographicOperations.FixedTimeEquals(known, quick))
        {
            return true;
        }

        await _guesses.WaitAsync(request.HttpContext.RequestAborted);
        try
        {
            if (!CryptographicOperations.FixedTimeEquals(_expected, Derive(login)))
            {
                return false;
            }

            _known = quick;
            return true;
        }
        finally
        {
            _guesses.Release();
        }
    }

    /// <summary>Asks for them.</summary>
    public static void Ask(HttpResponse response)
    {
        response.StatusCode = (int)HttpStatusCode.Unauthorized;
        response.Headers.WWWAuthenticate = "Basic realm=\"files\", charset=\"UTF-8\"";
    }

    public void Dispose() => _guesses.Dispose();

    private static string? LoginOf(string header)
    {
        const int MaxLoginBytes = 1024;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length > MaxLoginBytes)
        {
            return null;
        }

        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : null;
    }

    private byte[] Derive(string login) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(login), _salt, Iterations, HashAlgorithmName.SHA256, KeyBytes);
}
