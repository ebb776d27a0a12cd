namespace Switchboard.Chat.Storing.Sql;

/// <summary>
/// Messages and accounts in a database. One thread writes, so that messages which arrive during one flush of the disk
/// share the next; a few read.
/// </summary>
internal sealed partial class SqlChatStore : IChatStore
{
    private const int MaxWaiting = 1024;

    private readonly SqlDialect _dialect;
    private readonly SqlQueue _writing = new(MaxWaiting);
    private readonly SqlQueue _reading = new(MaxWaiting);
    private readonly List<SqlThread> _threads = [];
    private int _isDisposed;

    private SqlChatStore(SqlDialect dialect) => _dialect = dialect;

    public static async Task<SqlChatStore> OpenAsync(SqlDialect dialect, CancellationToken cancellationToken)
    {
        var store = new SqlChatStore(dialect);
        store.Start();
        try
        {
            await store.WriteAsync("open the chat's tables", Migrate, cancellationToken).ConfigureAwait(false);

            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken = default)
    {
        if (messages.Count > 0)
        {
            var order = new AppendOrder(StoredRules.ToKeep(messages), cancellationToken);
            await AskAsync(_writing, order, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<StoredMessage>> ReadAsync(
        HistoryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var isKept = StoredRules.IsText(query.Talk) && IsKept(query.After) && IsKept(query.Before);

        return isKept
            ? await AskAsync("read messages", desk => SqlMessages.Read(desk, query), cancellationToken)
                .ConfigureAwait(false)
            : [];
    }

    public Task<IReadOnlyList<StoredTalk>> ReadTalksAsync(
        TalkQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var members = query.Rooms.Prepend(query.Account).OfType<string>().Where(StoredRules.IsText).Distinct().ToList();

        return AskAsync("read talks", desk => ReadTalks(desk, members, query), cancellationToken);
    }

    public async Task<long> ForgetBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        var before = StoredRules.FirstMillisecondFrom(time);
        var forgotten = await RepeatAsync(SqlMessages.ForgetSome, before, cancellationToken).ConfigureAwait(false);
        await RepeatAsync(SqlMessages.ForgetTalks, before, cancellationToken).ConfigureAwait(false);

        return forgotten;
    }

    public async Task<StoredAccount?> FindAccountAsync(string name, CancellationToken cancellationToken = default) =>
        StoredRules.IsText(name)
            ? await AskAsync("read accounts", desk => SqlAccounts.Find(desk, name), cancellationToken)
                .ConfigureAwait(false)
            : null;

    public async Task<StoredAccount?> FindAccountOfCertificateAsync(
        string certificate, CancellationToken cancellationToken = default) => StoredRules.IsText(certificate)
            ? await AskAsync(
                "read accounts", desk => SqlAccounts.FindByCertificate(desk, certificate), cancellationToken)
                .ConfigureAwait(false)
            : null;

    public Task<bool> TryAddAccountAsync(StoredAccount account, CancellationToken cancellationToken = default)
    {
        var kept = StoredRules.ToKeep(account);

        return WriteAsync("make an account", desk => SqlAccounts.TryAdd(desk, kept), cancellationToken);
    }

    public Task<bool> TryChangeAccountAsync(
        StoredAccount known, StoredAccount changed, CancellationToken cancellationToken = default)
    {
        StoredRules.CheckChange(known, changed);

        return WriteAsync("change an account", desk => SqlAccounts.TryChange(desk, known, changed), cancellationToken);
    }

    public async Task<bool> MarkSeenAsync(
        string name, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        var seen = time.ToUnixTimeMilliseconds();

        return StoredRules.IsText(name)
            && await WriteAsync("change an account", desk => SqlAccounts.MarkSeen(desk, name, seen), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <summary>Writes what was taken, and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _writing.Close();
        _reading.Close();
        await Task.WhenAll(_threads.Select(thread => thread.Ended)).ConfigureAwait(false);
        _writing.Dispose();
        _reading.Dispose();
        _dialect.Dispose();
    }

    private static bool Migrate(SqlDesk desk)
    {
        SqlMigrations.Apply(desk, SqlMigrations.Newest);

        return true;
    }

    private static bool IsKept(HistoryPlace? place) => place?.Id is not { } id || StoredRules.IsText(id);

    private static IReadOnlyList<StoredTalk> ReadTalks(SqlDesk desk, List<string> members, TalkQuery query) =>
        StoredTalks.First(members.SelectMany(member => SqlMessages.ReadTalks(desk, member, query)), query.Limit);

    private void Start()
    {
        _threads.Add(SqlThread.Start("Switchboard chat writer", _writing, _dialect));
        for (var reader = 0; reader < _dialect.Readers; reader++)
        {
            _threads.Add(SqlThread.Start("Switchboard chat reader", _reading, _dialect));
        }
    }

    // Each piece is an order of its own: what others write comes in between.
    private async Task<long> RepeatAsync(Func<SqlDesk, long, int> forget, long before, CancellationToken cancellation)
    {
        long total = 0;
        int piece;
        do
        {
            piece = await WriteAsync("forget messages", desk => forget(desk, before), cancellation)
                .ConfigureAwait(false);
            total += piece;
        }
        while (piece > 0);

        return total;
    }

    private Task<T> AskAsync<T>(string doing, Func<SqlDesk, T> ask, CancellationToken cancellationToken) =>
        AskAsync(_reading, new SqlQuestion<T>(doing, ask, cancellationToken), cancellationToken);

    private Task<T> WriteAsync<T>(string doing, Func<SqlDesk, T> write, CancellationToken cancellationToken) =>
        AskAsync(_writing, new SqlQuestion<T>(doing, write, cancellationToken), cancellationToken);

    private async Task<T> AskAsync<T>(SqlQueue queue, SqlQuestion<T> question, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        await queue.AddAsync(question, cancellationToken).ConfigureAwait(false);

        return await question.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
