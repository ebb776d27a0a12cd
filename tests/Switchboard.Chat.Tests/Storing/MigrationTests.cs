using Switchboard.Chat.Storing;
using Switchboard.Chat.Storing.Sql;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class MigrationTests(PostgresServer postgres)
{
    public static MatrixTheoryData<StoreKind, int> OlderVersions { get; } = new(
        [StoreKind.Sqlite, StoreKind.Postgres], [.. Enumerable.Range(0, SqlMigrations.Newest)]);

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public async Task An_older_database_is_brought_up_to_date_with_what_it_holds(StoreKind kind, int version)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        var kept = Said.Message(1);
        Work(place, desk =>
        {
            SqlMigrations.Apply(desk, version);
            return version > 0 && SqlMessages.Append(desk, [kept]) > 0;
        });

        await using var store = await place.OpenAsync();

        Assert.Equal(version > 0 ? [kept] : [], await store.ReadAsync(new("#room", 9)));
        await store.AppendAsync([Said.Message(2)]);
        Assert.True(await store.TryAddAccountAsync(new("ann", "Ann", null, null, Said.Time(0), null)));
        Assert.Equal(SqlMigrations.Newest, Work(place, desk => desk.Number("SELECT max(version) FROM chat_versions")));
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task Many_may_open_a_new_database_at_once(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => place.OpenAsync())).Soon();
        await Task.WhenAll(stores.Select((store, number) => store.AppendAsync([Said.Message(number)]))).Soon();

        Assert.Equal(6, (await stores[0].ReadAsync(new("#room", 9))).Count);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task A_database_of_a_newer_program_is_refused(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await (await place.OpenAsync()).DisposeAsync();
        Work(place, desk => desk.Execute("INSERT INTO chat_versions (version) VALUES (999)"));

        var error = await Assert.ThrowsAsync<ChatStoreException>(place.OpenAsync);

        Assert.Contains("version 999", error.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task The_queries_use_the_indexes(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await (await place.OpenAsync()).DisposeAsync();
        const string query =
            "SELECT text FROM chat_messages WHERE talk = 'a' AND (time, id) > (1, 'x') AND (time, id) < (9, 'x') "
            + "ORDER BY time DESC, id DESC LIMIT 5";

        var plan = Work(place, desk => kind is StoreKind.Sqlite
            ? desk.Read($"EXPLAIN QUERY PLAN {query}", static row => row.GetString(3))
            : desk.Read($"EXPLAIN {query}", static row => row.GetString(0)));

        var text = string.Join('\n', plan);
        Assert.Contains("chat_messages_in_talks", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("TEMP B-TREE", text, StringComparison.Ordinal);
    }

    private static T Work<T>(StorePlace place, Func<SqlDesk, T> work)
    {
        using var dialect = DatabaseName.Parse(place.Database).ToDialect();
        using var desk = new SqlDesk(dialect);

        return work(desk);
    }
}
