namespace Switchboard.Chat.Tests.Storing;

public sealed class OutboxTests(PostgresServer postgres)
{
    [Theory]
    [EveryStore]
    public async Task Messages_get_the_next_numbers_and_are_kept(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await outbox.OpenOutboxAsync("a");

        await outbox.AppendOutgoingAsync("a", Said.Messages([1, 2]), 100);
        await outbox.AppendOutgoingAsync("a", Said.Messages([3]), 100);

        Assert.Equal([Sent(1), Sent(2), Sent(3)], await outbox.ReadOutgoingAsync("a", 0, 100));
        Assert.Equal([Sent(2)], await outbox.ReadOutgoingAsync("a", 1, 1));
        Assert.Equal(Said.Ids(1, 2, 3), await store.IdsAsync(new("#room", 10)));
        Assert.Equal(3, (await outbox.OpenOutboxAsync("a")).Last);
    }

    [Theory]
    [EveryStore]
    public async Task What_is_forgotten_leaves_the_outbox_alone(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await outbox.OpenOutboxAsync("a");
        await outbox.AppendOutgoingAsync("a", Said.Messages([1, 2, 3]), 100);

        await outbox.ForgetOutgoingAsync("a", 2);

        Assert.Equal([Sent(3)], await outbox.ReadOutgoingAsync("a", 0, 100));
        Assert.Equal(Said.Ids(1, 2, 3), await store.IdsAsync(new("#room", 10)));
    }

    [Theory]
    [EveryStore]
    public async Task A_full_outbox_gives_up_the_oldest(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await outbox.OpenOutboxAsync("a");

        await outbox.AppendOutgoingAsync("a", Said.Messages([1, 2, 3, 4, 5]), 2);

        Assert.Equal([Sent(4), Sent(5)], await outbox.ReadOutgoingAsync("a", 0, 100));
    }

    [Theory]
    [EveryStore]
    public async Task What_history_forgets_is_missing_by_its_number(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await outbox.OpenOutboxAsync("a");
        await outbox.AppendOutgoingAsync("a", Said.Messages([1, 2, 3]), 100);

        await store.ForgetBeforeAsync(Said.Time(2));

        Assert.Equal([Sent(2), Sent(3)], await outbox.ReadOutgoingAsync("a", 0, 100));
    }

    [Theory]
    [EveryStore]
    public async Task A_refused_message_takes_no_number(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await outbox.OpenOutboxAsync("a");
        await outbox.AppendOutgoingAsync("a", Said.Messages([1]), 100);

        await Assert.ThrowsAsync<ChatStoreException>(() => outbox.AppendOutgoingAsync("a", Said.Messages([2, 1]), 100));
        await outbox.AppendOutgoingAsync("a", Said.Messages([2]), 100);

        Assert.Equal([Sent(1), Sent(2)], await outbox.ReadOutgoingAsync("a", 0, 100));
    }

    [Theory]
    [EveryStore]
    public async Task Servers_that_share_a_store_have_an_outbox_each(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        var (one, other) = (await outbox.OpenOutboxAsync("a"), await outbox.OpenOutboxAsync("b"));

        await outbox.AppendOutgoingAsync("a", Said.Messages([1]), 100);
        await outbox.AppendOutgoingAsync("b", Said.Messages([2]), 100);

        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal([Sent(1)], await outbox.ReadOutgoingAsync("a", 0, 100));
        Assert.Equal([new OutgoingMessage(1, Said.Message(2))], await outbox.ReadOutgoingAsync("b", 0, 100));
    }

    [Theory]
    [EveryStore]
    public async Task What_is_heard_is_kept_once_and_so_is_how_far(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var outbox = (IChatOutbox)store;
        await store.AppendAsync(Said.Messages([1]));
        var heard = new HeardServer("b", "box", 2, Said.Time(2));

        await outbox.AppendHeardAsync("a", heard with { Last = 1 }, Said.Messages([1]));
        await outbox.AppendHeardAsync("a", heard, Said.Messages([1, 2]));

        Assert.Equal([heard], await outbox.ReadHeardAsync("a"));
        Assert.Empty(await outbox.ReadHeardAsync("b"));
        Assert.Equal(Said.Ids(1, 2), await store.IdsAsync(new("#room", 10)));
    }

    [Theory]
    [EveryStore]
    public async Task The_newest_talks_come_first(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync(
            [Said.Message(1, "#a"), Said.Message(5, "#b"), Said.Message(3, "ann bob"), Said.Message(7, "#c")]);

        var talks = await ((IChatOutbox)store).ReadNewestTalksAsync(3);

        Assert.Equal(["#c", "#b", "ann bob"], talks.Select(each => each.Talk));
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task An_outbox_outlives_its_server(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        OutboxState state;
        await using (var store = await place.OpenAsync())
        {
            state = await ((IChatOutbox)store).OpenOutboxAsync("a");
            await ((IChatOutbox)store).AppendOutgoingAsync("a", Said.Messages([1]), 100);
        }

        await using var next = await place.OpenAsync();

        Assert.Equal(state with { Last = 1 }, await ((IChatOutbox)next).OpenOutboxAsync("a"));
        Assert.Equal([Sent(1)], await ((IChatOutbox)next).ReadOutgoingAsync("a", 0, 100));
    }

    private static OutgoingMessage Sent(int number) => new(number, Said.Message(number));
}
