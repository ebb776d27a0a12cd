using System.Collections.Concurrent;
using System.Data.Common;
using Bank.Protocol;

namespace Bank.Database;

/// <summary>
/// The bank's database: a file of SQLite, or a PostgreSQL that several application servers share. Work is done by
/// threads of its own, each piece in a transaction.
/// </summary>
public sealed class BankDatabase : IAsyncDisposable
{
    private const int MaxWaiting = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Dialect _dialect;
    private readonly BlockingCollection<Work> _reads = new(MaxWaiting);
    private readonly BlockingCollection<Work> _writes = new(MaxWaiting);
    private readonly List<WorkThread> _threads = [];

    private BankDatabase(Dialect dialect, Action<string>? trace)
    {
        _dialect = dialect;
        _threads.AddRange(Enumerable.Range(0, dialect.Readers)
            .Select(_ => WorkThread.StartReader(_reads, dialect, trace)));
        _threads.AddRange(Enumerable.Range(0, dialect.Writers)
            .Select(_ => WorkThread.StartWriter(_writes, dialect, trace)));
    }

    /// <summary>Connects, and makes the tables that are missing.</summary>
    /// <param name="database">
    /// A connection string of Npgsql, such as <c>Host=…;Database=…</c>; else SQLite's file.
    /// </param>
    /// <param name="trace">Is told every statement with its values; null for nobody.</param>
    /// <exception cref="DbException">There is no such database, or it does not let this user in.</exception>
    /// <exception cref="InvalidOperationException">The tables are newer than this program.</exception>
    public static BankDatabase Open(string database, Action<string>? trace = null)
    {
        var dialect = Dialect.Of(database);
        try
        {
            using var desk = new Desk(dialect, trace: null);
            Migrations.Apply(desk, dialect);

            return new BankDatabase(dialect, trace);
        }
        catch
        {
            dialect.Dispose();
            throw;
        }
    }

    /// <summary>The same, but waits for a database that cannot be reached, or is starting or recovering.</summary>
    /// <param name="waiting">Is told why, each time.</param>
    public static async Task<BankDatabase> OpenAsync(
        string database, TimeSpan patience, TimeProvider time, Action<string>? trace, Action<string> waiting)
    {
        using var dialect = Dialect.Of(database);
        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                return Open(database, trace);
            }
            catch (Exception away) when (IsAway(away, dialect) && time.GetElapsedTime(start) < patience)
            {
                waiting(away.Message);
                await Task.Delay(Pause, time);
            }
        }
    }

    /// <summary>Reads one state of the database.</summary>
    /// <exception cref="BankException">
    /// What the work threw; or <see cref="BankError.Unavailable"/> or <see cref="BankError.Busy"/>.
    /// </exception>
    public Task<T> ReadAsync<T>(Func<Desk, T> work) => Add(_reads, new Work<T>(work));

    /// <summary>Does some work whole or not at all, in a transaction of its own.</summary>
    /// <exception cref="BankException">
    /// What the work threw; or <see cref="BankError.Unavailable"/> or <see cref="BankError.Busy"/>, and nothing was
    /// done; or <see cref="BankError.OutcomeUnknown"/>.
    /// </exception>
    public Task<T> WriteAsync<T>(Func<Desk, T> work) => Add(_writes, new Work<T>(work));

    /// <inheritdoc cref="WriteAsync{T}(Func{Desk, T})"/>
    public Task WriteAsync(Action<Desk> work) => WriteAsync(desk =>
    {
        work(desk);

        return true;
    });

    /// <summary>
    /// The same for work that changes only these accounts, beside rows that it adds. It may share its transaction, and
    /// the flush of the disk, with others; so it either throws before it has written anything, or is done.
    /// </summary>
    public Task<T> WriteTogetherAsync<T>(IReadOnlyList<string> accounts, Func<Desk, T> work) =>
        Add(_writes, new Work<T>(work) { Accounts = accounts });

    /// <summary>Finishes what was asked for, then lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _reads.CompleteAdding();
        _writes.CompleteAdding();
        await Task.WhenAll(_threads.Select(thread => thread.Ended));
        _reads.Dispose();
        _writes.Dispose();
        _dialect.Dispose();
    }

    // Whether tables were made at a commit that was lost is seen when it is there again.
    private static bool IsAway(Exception error, Dialect dialect) =>
        error is CommitLostException || (error is DbException lost && dialect.IsLost(lost));

    private static Task<T> Add<T>(BlockingCollection<Work> queue, Work<T> work)
    {
        if (!queue.TryAdd(work))
        {
            throw new BankException(BankError.Busy, "Too much waits for the database already.");
        }

        return work.Done;
    }
}
