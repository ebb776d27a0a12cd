using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Accounts;

/// <summary>Who has an account, and proves it. What a store throws comes out as it is.</summary>
internal sealed class AccountBook(IChatStore store, TimeProvider clock) : IDisposable
{
    // The longest that is hashed: otherwise a password could be made to take any time.
    private const int MaxPasswordLength = 300;

    private readonly Passwords _passwords = new();

    public Task<StoredAccount?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.FindAccountAsync(CaseMapping.Fold(name), cancellationToken);

    /// <summary>The account of a name and its password; null if they do not fit.</summary>
    public async Task<StoredAccount?> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length is 0 or > MaxPasswordLength)
        {
            return null;
        }

        return await FindAsync(name, cancellationToken).ConfigureAwait(false) is { Password: { } hash } account
            && await _passwords.MatchAsync(password, hash, cancellationToken).ConfigureAwait(false)
            ? account
            : null;
    }

    /// <summary>The account of a name whose certificate the client holds; null if it is another one.</summary>
    public async Task<StoredAccount?> SignInByCertificateAsync(
        string name, string? certificate, CancellationToken cancellationToken) =>
        certificate is not null
        && await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } account
        && account.Certificate == certificate
            ? account
            : null;

    public static bool IsGoodPassword(string password) => password.Length is >= 5 and <= MaxPasswordLength;

    /// <summary>Makes an account that the password opens, and the certificate too, if the client holds one.</summary>
    /// <returns>The account; null if the name is taken.</returns>
    public async Task<StoredAccount?> RegisterAsync(
        string name, string password, string? certificate, CancellationToken cancellationToken)
    {
        var hash = await _passwords.HashAsync(password, cancellationToken).ConfigureAwait(false);
        var account = new StoredAccount(
            CaseMapping.Fold(name), name, hash, certificate, clock.GetUtcNow(), LastSeen: null);
        return await store.TryAddAccountAsync(account, cancellationToken).ConfigureAwait(false) ? account : null;
    }

    /// <summary>Notes how far an account has heard what was said to it.</summary>
    public async Task NoteSeenAsync(string name, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } account
            && (account.LastSeen is not { } seen || seen < time))
        {
            await store.UpdateAccountAsync(account with { LastSeen = time }, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _passwords.Dispose();
}
