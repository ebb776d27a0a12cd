namespace Switchboard.Chat.Accounts;

/// <summary>
/// Compares and hashes passwords away from where lines are handled, because each takes long on purpose, and a few at a
/// time, because whoever may try one costs us that time.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => PasswordHash.Create(password), cancellationToken);

    public Task<bool> MatchAsync(string password, string hash, CancellationToken cancellationToken) =>
        RunAsync(() => PasswordHash.Verify(password, hash), cancellationToken);

    public void Dispose() => _turns.Dispose();

    private async Task<T> RunAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(compute, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }
}
