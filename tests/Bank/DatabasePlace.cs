using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests;

/// <summary>A folder of the test's own, and the name of an empty database.</summary>
internal sealed class DatabasePlace : IDisposable
{
    private DatabasePlace(string folder, string name) => (Folder, Name) = (folder, name);

    public string Folder { get; }

    /// <summary>What the bank is told.</summary>
    public string Name { get; }

    public static async Task<DatabasePlace> MakeAsync(DatabaseKind kind, PostgresServer postgres)
    {
        var name = kind == DatabaseKind.Postgres ? await postgres.MakeDatabaseAsync() : null;
        var folder = Directory.CreateTempSubdirectory("bank-").FullName;

        return new DatabasePlace(folder, name ?? Path.Combine(folder, "bank.db"));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
