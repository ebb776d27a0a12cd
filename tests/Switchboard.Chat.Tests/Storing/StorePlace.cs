using Switchboard.Chat.Storing.Sql;

namespace Switchboard.Chat.Tests.Storing;

/// <summary>Where one test's store is: a file in a folder of its own, tables of its own, or memory.</summary>
internal sealed class StorePlace : IAsyncDisposable
{
    // Several stores that share a file wait for each other, as long as the disk is slow.
    private const int MaxWaitSeconds = 180;

    private readonly StoreKind _kind;
    private readonly string _folder;

    private StorePlace(StoreKind kind, string folder, string database) =>
        (_kind, _folder, Database) = (kind, folder, database);

    /// <summary>What <see cref="ChatStore.OpenAsync"/> is given.</summary>
    public string Database { get; }

    public static async Task<StorePlace> MakeAsync(StoreKind kind, PostgresServer postgres)
    {
        var folder = Directory.CreateTempSubdirectory("switchboard-chat-").FullName;
        var database = kind switch
        {
            StoreKind.Sqlite => Path.Combine(folder, "chat.db"),
            StoreKind.Postgres => await postgres.MakeDatabaseAsync(),
            _ => "memory:",
        };

        return new StorePlace(kind, folder, database);
    }

    public async Task<IChatStore> OpenAsync()
    {
#pragma warning disable CA2000 // The store disposes of it.
        return _kind is StoreKind.Sqlite
            ? await SqlChatStore.OpenAsync(new SqliteDialect(Database, MaxWaitSeconds), CancellationToken.None)
            : await ChatStore.OpenAsync(Database);
#pragma warning restore CA2000
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);

        return ValueTask.CompletedTask;
    }
}
