using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class ForgettingTests(PostgresServer postgres)
{
    [Theory]
    [EveryStore]
    public async Task What_is_older_is_forgotten_and_counted(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([.. Said.Messages([1, 2, 3]), Said.Message(0, "#gone")]);

        Assert.Equal(3, await store.ForgetBeforeAsync(Said.Time(3)));
        Assert.Equal(0, await store.ForgetBeforeAsync(Said.Time(3)));

        Assert.Equal(Said.Ids(3), await store.IdsAsync(new("#room", 10)));
        Assert.Empty(await store.IdsAsync(new("#room", 10) { After = HistoryPlace.OfMessage(Said.Id(1)) }));
        var talks = await store.ReadTalksAsync(new(null, ["#room", "#gone"], Said.Time(-9), Said.Time(9), 9));
        Assert.Equal([new("#room", Said.Time(3))], talks);
    }

    [Theory]
    [EveryStore]
    public async Task Writing_goes_on_while_many_are_forgotten(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        foreach (var numbers in Enumerable.Range(0, 4500).Chunk(900))
        {
            // A talk of few: the memory store would forget the oldest by itself.
            await store.AppendAsync([.. numbers.Select(number => Said.Message(number, $"#{number / 900}"))]);
        }

        var forgetting = store.ForgetBeforeAsync(Said.Time(4500));
        for (var number = 5000; number < 5020; number++)
        {
            await store.AppendAsync([Said.Message(number, "#new")]).Soon();
        }

        Assert.Equal(4500, await forgetting.Soon());
        Assert.Equal(20, (await store.ReadAsync(new("#new", 100))).Count);
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task Two_servers_may_forget_and_write_at_once(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var one = await place.OpenAsync();
        await using var other = await place.OpenAsync();
        foreach (var numbers in Enumerable.Range(0, 3000).Chunk(1000))
        {
            await one.AppendAsync(Said.Messages(numbers));
        }

        var forgetting = Task.WhenAll(one.ForgetBeforeAsync(Said.Time(3000)), other.ForgetBeforeAsync(Said.Time(3000)));
        var writing = Enumerable.Range(5000, 100).Select(number =>
            (number % 2 == 0 ? one : other).AppendAsync([Said.Message(number), Said.Message(number + 1000, "#other")]));
        await Task.WhenAll(writing).Soon();

        Assert.Equal(3000, (await forgetting.Soon()).Sum());
        Assert.Equal(100, (await one.ReadAsync(new("#room", 1000))).Count);
        Assert.Equal(
            [new("#room", Said.Time(5099)), new("#other", Said.Time(6099))],
            await other.ReadTalksAsync(new(null, ["#room", "#other"], Said.Time(0), Said.Time(9000), 9)));
    }
}
