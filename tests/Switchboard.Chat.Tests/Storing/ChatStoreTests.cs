using Microsoft.Data.Sqlite;
using Npgsql;
using Switchboard.Chat.Storing;
using Switchboard.Chat.Storing.Sql;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class ChatStoreTests(PostgresServer postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("switchboard-chat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var file = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("Dear reader, ", 1000)));
        var before = await File.ReadAllBytesAsync(file);

        var error = await Refusal(file);

        Assert.Contains($"{file}: the file is no database of SQLite", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Another_programs_database_is_refused()
    {
        var file = Path.Combine(_folder, "photos.db");
        await (await ChatStore.OpenAsync(Path.Combine(_folder, "load-the-library.db"))).DisposeAsync();
        await using (var photos = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await photos.OpenAsync();
            await using var command = photos.CreateCommand();
            command.CommandText = "CREATE TABLE photos (name TEXT)";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Contains("another program's database", await Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var error = await Refusal(Path.Combine(_folder, "none", "chat.db"));

        Assert.Contains("Its folder has to be there", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_somebody_keeps_locked_is_told()
    {
        var file = Path.Combine(_folder, "chat.db");
        await using var store = await ChatStore.OpenAsync(file);
        await using var other = new SqliteConnection($"Data Source={file};Pooling=False");
        await other.OpenAsync();
        await using var kept = await other.BeginTransactionAsync();

        var error = await Assert.ThrowsAsync<ChatStoreException>(() => store.AppendAsync([Said.Message(1)]).Soon());
        await kept.RollbackAsync();
        await store.AppendAsync([Said.Message(1)]);

        Assert.Contains("has kept it locked", error.Message, StringComparison.Ordinal);
        Assert.Single(await store.ReadAsync(new("#room", 9)));
    }

    [Fact]
    public async Task A_full_disk_keeps_nothing_and_is_told()
    {
        var file = Path.Combine(_folder, "chat.db");
        using var disk = new SmallDisk(file);
        await using var store = await SqlChatStore.OpenAsync(disk, CancellationToken.None);

        var error = await Assert.ThrowsAsync<ChatStoreException>(() => store.AppendAsync(
            [Said.Message(1), Said.Message(2) with { Text = new string('x', 1_000_000) }]));
        await store.AppendAsync([Said.Message(3)]);

        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(Said.Ids(3), await store.IdsAsync(new("#room", 9)));
    }

    [Fact]
    public async Task Others_on_the_machine_may_not_read_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes.");
        var file = Path.Combine(_folder, "chat.db");
        await using var store = await ChatStore.OpenAsync(file);
        await store.AppendAsync([Said.Message(1)]);

        foreach (var path in Directory.GetFiles(_folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(path));
        }
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_a_right_one_opens()
    {
        await postgres.WaitUntilStartedAsync();

        var error = await Refusal(postgres.OverTcp("chat:wrong"));
        await using var store = await ChatStore.OpenAsync(
            $"{postgres.OverTcp($"chat:{PostgresServer.Password}")}?Search%20Path=public");

        Assert.Contains("it refuses the password. Set PGPASSWORD", error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_lacking_is_told()
    {
        await postgres.WaitUntilStartedAsync();

        var error = await Refusal(postgres.OverTcp("chat"));

        Assert.Contains("it asks for a password, and there is none", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told()
    {
        await postgres.WaitUntilStartedAsync();
        var there = postgres.OverTcp($"chat:{PostgresServer.Password}");

        var error = await Refusal(there.Replace("/postgres", "/none", StringComparison.Ordinal));

        Assert.Contains("there is no such database", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        var error = await Refusal("postgres://ann:secret@127.0.0.1:1/chat");

        Assert.Contains("postgres://ann@127.0.0.1:1/chat: Connection refused", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_goes_on_after_its_connections_were_cut()
    {
        await using var place = await StorePlace.MakeAsync(StoreKind.Postgres, postgres);
        var named = new NpgsqlConnectionStringBuilder(place.Database) { ApplicationName = "to be cut" };
        await using var store = await ChatStore.OpenAsync(named.ConnectionString);
        await store.AppendAsync([Said.Message(1)]);
        await store.ReadAsync(new("#room", 9));

        await postgres.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to be cut'");

        await store.AppendAsync([Said.Message(2)]);
        Assert.Equal(2, (await store.ReadAsync(new("#room", 9))).Count);
    }

    [Fact]
    public async Task Commits_wait_for_the_disk_even_where_the_database_is_told_not_to()
    {
        await using var place = await StorePlace.MakeAsync(StoreKind.Postgres, postgres);
        using var dialect = DatabaseName.Parse($"{place.Database};Options=-c synchronous_commit=off").ToDialect();
        await using var connection = dialect.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = "SHOW synchronous_commit";

        Assert.Equal("on", await command.ExecuteScalarAsync());
    }

    private static async Task<string> Refusal(string database) =>
        (await Assert.ThrowsAsync<ChatStoreException>(() => ChatStore.OpenAsync(database).Soon())).Message;

    private static UnixFileMode? ModeOf(string path) =>
        OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
}
