using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Makes hashes of passwords and compares passwords with them: <c>pbkdf2-sha256$ROUNDS$SALT$HASH</c>. It is costly by
/// design, so it is done on the thread pool, a few at a time, and whoever comes when many wait is sent away.
/// </summary>
internal sealed class Passwords(int iterations) : IDisposable
{
    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int MaxWaiting = 64;

    private static readonly string Nobodys = Format(1, new byte[SaltBytes], new byte[HashBytes]);

    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    public static string Hash(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);

        return Format(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>
    /// Whether it is the password; for nobody's it takes as long, so that no clock tells which names there are.
    /// </summary>
    /// <exception cref="BankException">Too many wait already.</exception>
    public async Task<bool> IsRightAsync(string password, string? kept)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
            {
                throw new BankException(BankError.Busy, "Too many sign in at the same time.");
            }

            await _turns.WaitAsync();
            try
            {
                return await Task.Run(() => IsRight(password, kept));
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turns.Dispose();

    private bool IsRight(string password, string? kept)
    {
        var parts = (kept ?? Nobodys).Split('$');
        var rounds = kept is null ? iterations : int.Parse(parts[1], CultureInfo.InvariantCulture);
        var derived = Derive(password, Convert.FromHexString(parts[2]), rounds);

        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromHexString(parts[3])) && kept is not null;
    }

    private static string Format(int iterations, byte[] salt, byte[] hash) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Algorithm}${iterations}${Convert.ToHexString(salt)}${Convert.ToHexString(hash)}");

    private static byte[] Derive(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, HashBytes);
}
