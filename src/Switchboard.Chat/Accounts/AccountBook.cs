using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Accounts;

/// <summary>Who has an account, and proves it. What a store throws comes out as it is.</summary>
internal sealed class AccountBook(IChatStore store, int passwordIterations) : IDisposable
{
    // The longest that is hashed: otherwise a password could be made to take any time.
    private const int MaxPasswordLength = 300;

    private readonly Passwords _passwords = new(passwordIterations);

    public Task<StoredAccount?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.FindAccountAsync(CaseMapping.Fold(name), cancellationToken);

    /// <summary>The account of a name and its password; null if they do not fit.</summary>
    public async Task<StoredAccount?> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length is 0 or > MaxPasswordLength)
        {
            return null;
        }

        var account = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        var verdict = await _passwords.CompareAsync(password, account?.Password, cancellationToken)
            .ConfigureAwait(false);
        if (account is not null && verdict == PasswordVerdict.RightButCheap)
        {
            var hash = await _passwords.HashAsync(password, cancellationToken).ConfigureAwait(false);
            await store.TryChangeAccountAsync(account, account with { Password = hash }, cancellationToken)
                .ConfigureAwait(false);
        }

        return verdict == PasswordVerdict.Wrong ? null : account;
    }

    /// <summary>The account of a certificate; null if it is none's, or not the one that was named.</summary>
    /// <param name="certificate">What the client has proved to hold; null if nothing.</param>
    /// <param name="name">The account that is meant; empty for whichever it is.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<StoredAccount?> SignInByCertificateAsync(
        string? certificate, string name, CancellationToken cancellationToken)
    {
        if (certificate is null)
        {
            return null;
        }

        if (name.Length == 0)
        {
            return await store.FindAccountOfCertificateAsync(certificate, cancellationToken).ConfigureAwait(false);
        }

        // One certificate may have several accounts, so the name comes first.
        var account = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        return account?.Certificate == certificate ? account : null;
    }

    public static bool IsGoodPassword(string password) => password.Length is >= 5 and <= MaxPasswordLength;

    /// <summary>Makes an account that the password opens, and the certificate too, if the client holds one.</summary>
    /// <param name="name">As its owner writes it.</param>
    /// <param name="password">A good one.</param>
    /// <param name="certificate">What the client has proved to hold; null if nothing.</param>
    /// <param name="created">Whatever is said to the account is of a later time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The account; null if the name is taken.</returns>
    public async Task<StoredAccount?> RegisterAsync(
        string name,
        string password,
        string? certificate,
        DateTimeOffset created,
        CancellationToken cancellationToken)
    {
        // Looked up first: hashing is the dearest thing that a stranger can ask for.
        if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is not null)
        {
            return null;
        }

        var hash = await _passwords.HashAsync(password, cancellationToken).ConfigureAwait(false);
        var account = new StoredAccount(
            CaseMapping.Fold(name), name, hash, certificate, created, LastSeen: null);
        return await store.TryAddAccountAsync(account, cancellationToken).ConfigureAwait(false) ? account : null;
    }

    /// <summary>Notes how far an account has heard what was said to it.</summary>
    public Task MarkSeenAsync(string name, DateTimeOffset time, CancellationToken cancellationToken) =>
        store.MarkSeenAsync(CaseMapping.Fold(name), time, cancellationToken);

    public void Dispose() => _passwords.Dispose();
}
