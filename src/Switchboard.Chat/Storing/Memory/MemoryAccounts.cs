namespace Switchboard.Chat.Storing.Memory;

/// <summary>Accounts by their names. Its owner locks.</summary>
internal sealed class MemoryAccounts(MemoryChatStoreLimits limits)
{
    private readonly Dictionary<string, StoredAccount> _accounts = [];

    public StoredAccount? Find(string name) => _accounts.GetValueOrDefault(name);

    public StoredAccount? FindByCertificate(string certificate) => _accounts.Values
        .Where(account => account.Certificate == certificate)
        .OrderBy(account => account.Created)
        .ThenBy(account => account.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    public bool TryAdd(StoredAccount account)
    {
        if (_accounts.ContainsKey(account.Name))
        {
            return false;
        }

        if (_accounts.Count >= limits.MaxAccounts)
        {
            throw new ChatStoreException(
                $"Cannot make an account in memory: there are {limits.MaxAccounts} already. A database keeps more.");
        }

        _accounts.Add(account.Name, account);

        return true;
    }

    public bool TryChange(StoredAccount known, StoredAccount changed)
    {
        if (Find(known.Name) is not { } kept || How(kept) != How(known))
        {
            return false;
        }

        _accounts[kept.Name] = changed with { Created = kept.Created, LastSeen = kept.LastSeen };

        return true;
    }

    public bool MarkSeen(string name, DateTimeOffset time)
    {
        if (Find(name) is not { } kept)
        {
            return false;
        }

        if (kept.LastSeen is null || kept.LastSeen < time)
        {
            _accounts[name] = kept with { LastSeen = time };
        }

        return true;
    }

    private static (string Shown, string? Password, string? Certificate) How(StoredAccount account) =>
        (account.Shown, account.Password, account.Certificate);
}
