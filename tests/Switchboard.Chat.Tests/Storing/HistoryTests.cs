using Switchboard.Tests;

namespace Switchboard.Chat.Tests.Storing;

public sealed class HistoryTests(PostgresServer postgres)
{
    [Theory]
    [EveryStore]
    public async Task What_was_kept_comes_back_the_same_the_oldest_first(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var first = Said.Message(1) with { Account = null, Tags = "+draft/reply=m0;+x", Command = "NOTICE" };
        var second = Said.Message(2);

        await store.AppendAsync([second, first]);

        Assert.Equal([first, second], await store.ReadAsync(new("#room", 10)));
    }

    [Theory]
    [EveryStore]
    public async Task Messages_of_one_time_come_by_their_ids(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        string[] ids = ["B", "a", "~", "!", "_", "Z", "b", "aa", "A", "0"];

        await store.AppendAsync([.. ids.Select(id => Said.Message(1) with { Id = id })]);

        Assert.Equal(ids.Order(StringComparer.Ordinal), await store.IdsAsync(new("#room", 100)));
    }

    [Theory]
    [EveryStore]
    public async Task Where_there_are_more_than_the_limit_the_newest_or_the_oldest_are_given(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync(Said.Messages([1, 2, 3, 4]));

        Assert.Equal(Said.Ids(3, 4), await store.IdsAsync(new("#room", 2)));
        Assert.Equal(Said.Ids(1, 2), await store.IdsAsync(new("#room", 2) { Prefer = HistoryEnd.Oldest }));
    }

    [Theory]
    [EveryStore]
    public async Task A_place_itself_is_neither_before_nor_behind_it(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync(
            [Said.Message(1), Said.Message(2), Said.Message(3, millisecond: 2), Said.Message(4, millisecond: 2),
             Said.Message(5)]);
        var message = HistoryPlace.OfMessage(Said.Id(3));
        var time = HistoryPlace.OfTime(Said.Time(2));

        Assert.Equal(Said.Ids(4, 5), await store.IdsAsync(new("#room", 9) { After = message }));
        Assert.Equal(Said.Ids(1, 2), await store.IdsAsync(new("#room", 9) { Before = message }));
        Assert.Equal(Said.Ids(5), await store.IdsAsync(new("#room", 9) { After = time }));
        Assert.Equal(Said.Ids(1), await store.IdsAsync(new("#room", 9) { Before = time }));
    }

    [Theory]
    [EveryStore]
    public async Task A_time_within_a_millisecond_is_behind_what_was_said_in_it(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync(Said.Messages([1, 2]));
        var within = HistoryPlace.OfTime(Said.Time(1).AddTicks(1));

        Assert.Equal(Said.Ids(2), await store.IdsAsync(new("#room", 9) { After = within }));
        Assert.Equal(Said.Ids(1), await store.IdsAsync(new("#room", 9) { Before = within }));
    }

    [Theory]
    [EveryStore]
    public async Task A_message_that_the_talk_does_not_keep_bounds_nothing(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([Said.Message(1), Said.Message(2, talk: "#other"), Said.Message(3)]);

        foreach (var id in new[] { "unknown", Said.Id(2), "' OR 1=1 --", "\0", "\uD800", "", new string('x', 5000) })
        {
            var elsewhere = HistoryPlace.OfMessage(id);
            Assert.Empty(await store.ReadAsync(new("#room", 9) { After = elsewhere }));
            Assert.Empty(await store.ReadAsync(new("#room", 9) { Before = elsewhere }));
        }
    }

    [Theory]
    [EveryStore]
    public async Task Talks_are_apart_and_an_unknown_one_is_empty(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([Said.Message(1, "#a"), Said.Message(2, "#A"), Said.Message(3, "#a ")]);

        Assert.Equal(Said.Ids(1), await store.IdsAsync(new("#a", 9)));
        Assert.Equal(Said.Ids(2), await store.IdsAsync(new("#A", 9)));
        foreach (var talk in new[] { "#b", "", "\0", "\uD800", new string('x', 5000), "' OR ''='" })
        {
            Assert.Empty(await store.ReadAsync(new(talk, 9)));
        }
    }

    [Theory]
    [EveryStore]
    public async Task Any_query_gets_what_a_plain_list_would_give(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random((int)seed);
        var messages = Enumerable.Range(0, 60)
            .Select(number => Said.Message(number, $"#{random.Next(2)}", random.Next(25)))
            .ToArray();
        random.Shuffle(messages);
        await store.AppendAsync(messages);

        for (var round = 0; round < 200; round++)
        {
            var query = new HistoryQuery($"#{random.Next(2)}", random.Next(1, 20))
            {
                After = AnyPlace(random),
                Before = AnyPlace(random),
                Prefer = (HistoryEnd)random.Next(2),
            };

            Assert.Equal(PlainList.Read(messages, query), await store.ReadAsync(query));
        }
    }

    [Theory]
    [EveryStore]
    public async Task A_query_for_nothing_is_a_mistake(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ReadAsync(new("#room", 0)));
    }

    private static HistoryPlace? AnyPlace(Random random) => random.Next(3) switch
    {
        0 => null,
        1 => HistoryPlace.OfMessage(Said.Id(random.Next(65))),
        _ => HistoryPlace.OfTime(Said.Time(random.Next(-1, 27)).AddTicks(random.Next(2))),
    };
}
