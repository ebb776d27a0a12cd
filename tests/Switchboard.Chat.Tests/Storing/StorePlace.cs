namespace Switchboard.Chat.Tests.Storing;

/// <summary>Where one test's store is: a file in a folder of its own, tables of its own, or memory.</summary>
internal sealed class StorePlace : IAsyncDisposable
{
    private readonly string _folder;

    private StorePlace(string folder, string database) => (_folder, Database) = (folder, database);

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

        return new StorePlace(folder, database);
    }

    public Task<IChatStore> OpenAsync() => ChatStore.OpenAsync(Database);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);

        return ValueTask.CompletedTask;
    }
}
