using Switchboard.Chat.Storing.Passwords;

namespace Switchboard.Chat;

/// <summary>
/// Makes hashes of passwords and compares passwords with them. Either takes the processor for some tenths of a second
/// at most, by design; so the work is done on the thread pool, a few at a time, and never on the caller's thread.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>
    /// 210,000 rounds of PBKDF2-HMAC-SHA-512, which OWASP's Password Storage Cheat Sheet has asked for since 2023: as
    /// hard for graphics cards that guess as its other choices.
    /// </summary>
    public const int DefaultIterations = 210_000;

    private readonly int _iterations;
    private readonly SemaphoreSlim _turns;
    private readonly PasswordHash _nobodys;

    /// <summary>Sets the cost of new hashes.</summary>
    /// <param name="iterations">From 1,000, for tests, to 100,000,000.</param>
    /// <param name="maxAtOnce">
    /// How many are computed at the same time, half of the processors by default: who guesses passwords takes no more.
    /// </param>
    public Passwords(int iterations = DefaultIterations, int? maxAtOnce = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1_000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, PasswordHash.MaxIterations);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAtOnce ?? 1, 1);
        _iterations = iterations;
        _turns = new SemaphoreSlim(maxAtOnce ?? Math.Max(1, Environment.ProcessorCount / 2));
        _nobodys = new PasswordHash(iterations, new byte[16], new byte[64]);
    }

    /// <summary>What to keep of a new password: text that names its algorithm, its cost and its random salt.</summary>
    /// <param name="password">Taken as it is, as UTF-8.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn.</param>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken = default) =>
        InTurnAsync(() => PasswordHash.Make(password, _iterations).ToString(), cancellationToken);

    /// <summary>Compares a password with what is kept of one.</summary>
    /// <param name="password">What someone claims.</param>
    /// <param name="kept">
    /// What <see cref="HashAsync"/> returned. Null, for an unknown account or one without a password, is wrong and
    /// takes as long, so that nobody learns by a clock which names there are.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for a turn.</param>
    public Task<PasswordVerdict> CompareAsync(
        string password, string? kept, CancellationToken cancellationToken = default) =>
        InTurnAsync(() => Compare(password, kept), cancellationToken);

    /// <summary>Computes on the thread pool when its turn comes.</summary>
    internal async Task<T> InTurnAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var work = new PasswordWork<T>(compute);
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

            return await work.Result.ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Lets go of what keeps the turns; nothing may wait for one any more.</summary>
    public void Dispose() => _turns.Dispose();

    private PasswordVerdict Compare(string password, string? kept)
    {
        var hash = kept is null ? null : PasswordHash.Parse(kept);
        if (!(hash ?? _nobodys).IsOf(password) || hash is null)
        {
            return PasswordVerdict.Wrong;
        }

        return hash.Iterations < _iterations ? PasswordVerdict.RightButCheap : PasswordVerdict.Right;
    }
}
