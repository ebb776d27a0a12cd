namespace Switchboard.Chat.Tests.Storing;

public sealed class TalkTests(PostgresServer postgres)
{
    [Theory]
    [EveryStore]
    public async Task Talks_of_an_account_and_of_rooms_come_the_longest_silent_first(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var withBob = TalkName.OfAccounts("bob", "ann");
        await store.AppendAsync(
            [Said.Message(5, withBob), Said.Message(4, "#a"), Said.Message(3, TalkName.OfAccounts("ann", "ann")),
             Said.Message(2, TalkName.OfAccounts("bob", "carl")), Said.Message(1, "#b"), Said.Message(0, withBob)]);

        Assert.Equal(
            [new("ann ann", Said.Time(3)), new("#a", Said.Time(4)), new(withBob, Said.Time(5))],
            await store.ReadTalksAsync(Query("ann", ["#a", "#unknown"])));
        Assert.Equal([new("#b", Said.Time(1))], await store.ReadTalksAsync(Query(null, ["#b"])));
        Assert.Equal(
            [new("bob carl", Said.Time(2)), new(withBob, Said.Time(5))],
            await store.ReadTalksAsync(Query("bob", [])));
    }

    [Theory]
    [EveryStore]
    public async Task Only_talks_last_heard_of_between_the_times_count(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        string[] rooms = ["#1", "#2", "#3"];
        await store.AppendAsync([.. Enumerable.Range(1, 3).Select(number => Said.Message(number, $"#{number}"))]);
        var all = Query(null, rooms);

        Assert.Equal(["#3"], await NamesAsync(store, all with { After = Said.Time(2) }));
        Assert.Equal(["#1"], await NamesAsync(store, all with { Before = Said.Time(2) }));
        Assert.Equal(["#1", "#2"], await NamesAsync(store, all with { Before = Said.Time(2).AddTicks(1) }));
        Assert.Equal(["#3"], await NamesAsync(store, all with { After = Said.Time(2).AddTicks(1) }));
        Assert.Equal(["#1", "#2"], await NamesAsync(store, all with { Limit = 2 }));
    }

    [Theory]
    [EveryStore]
    public async Task Talks_of_one_time_come_by_the_bytes_of_their_names(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        string[] rooms = ["#b", "#B", "#\uFF5E", "#\U0001F600", "#a"];
        await store.AppendAsync([.. rooms.Select((room, number) => Said.Message(number, room, millisecond: 1))]);

        Assert.Equal(
            ["#B", "#a", "#b", "#\uFF5E", "#\U0001F600"], await NamesAsync(store, Query(null, [.. rooms, "#a"])));
    }

    [Theory]
    [EveryStore]
    public async Task A_message_that_comes_late_makes_no_talk_older(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([Said.Message(5)]);
        await store.AppendAsync([Said.Message(4)]);

        Assert.Equal([new("#room", Said.Time(5))], await store.ReadTalksAsync(Query(null, ["#room"])));
    }

    private static TalkQuery Query(string? account, string[] rooms) =>
        new(account, rooms, Said.Time(-1), Said.Time(1_000_000), 100);

    private static async Task<string[]> NamesAsync(IChatStore store, TalkQuery query) =>
        [.. (await store.ReadTalksAsync(query)).Select(talk => talk.Talk)];
}
