using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class AppendTests(PostgresServer postgres)
{
    public static readonly string[] HostileTexts =
    [
        "", " ", "'; DROP TABLE chat_messages; --", "\"", "\\", "%s %n {0} @text", "\u0001ACTION waves\u0001",
        "\u0003" + "04red", "\r\n\t\u001b[31m", "äöüß", "שלום", "\u202Eevil", "e\u0301", "👩‍👩‍👧‍👦", "\U0001F600",
        "\uFFFF\uFEFF", new string('x', 100_000),
    ];

    [Theory]
    [EveryStore]
    public async Task Any_text_comes_back_as_it_was(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var messages = HostileTexts.Select((text, number) => Said.Message(number) with
        {
            Text = text, Tags = text, Source = text, Target = text, Account = text, Command = text,
        }).ToArray();

        await store.AppendAsync(messages);

        Assert.Equal(messages, await store.ReadAsync(new("#room", 100)));
    }

    [Theory]
    [EveryStore]
    public async Task What_a_database_would_refuse_or_mangle_is_refused_before(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var good = Said.Message(1);
        StoredMessage[] wrong =
        [
            good with { Text = "a\0b" }, good with { Text = "\uD83D" }, good with { Text = "\uDE00\uD83D" },
            good with { Source = "\0" }, good with { Account = "\0" }, good with { Target = "\0" },
            good with { Tags = "\0" }, good with { Command = "\0" }, good with { Talk = "\0" }, good with { Talk = "" },
            good with { Talk = new string('ä', 513) }, good with { Id = "" }, good with { Id = "a b" },
            good with { Id = "ä" }, good with { Id = new string('x', 129) },
        ];

        foreach (var message in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync([good, message]));
        }

        Assert.Empty(await store.ReadAsync(new("#room", 10)));
    }

    [Theory]
    [EveryStore]
    public async Task The_longest_names_are_kept(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var message = Said.Message(1, RandomName(1024)) with { Id = RandomName(128) };

        await store.AppendAsync([message]);

        Assert.Equal([message], await store.ReadAsync(new(message.Talk, 10)));
    }

    [Theory]
    [EveryStore]
    public async Task Times_are_kept_to_the_millisecond_and_in_UTC(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var elsewhere = new DateTimeOffset(2026, 3, 1, 14, 0, 0, 7, TimeSpan.FromHours(2));

        await store.AppendAsync([Said.Message(1) with { Time = elsewhere.AddTicks(9_999) }]);

        var message = Assert.Single(await store.ReadAsync(new("#room", 10)));
        Assert.Equal(Said.Time(7), message.Time);
        Assert.Equal(TimeSpan.Zero, message.Time.Offset);
    }

    [Theory]
    [EveryStore]
    public async Task An_id_that_is_taken_is_refused_with_everything_beside_it(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([Said.Message(1)]);

        var error = await Assert.ThrowsAsync<ChatStoreException>(() =>
            store.AppendAsync([Said.Message(2), Said.Message(1), Said.Message(3)]));
        await Assert.ThrowsAsync<ChatStoreException>(() => store.AppendAsync([Said.Message(4), Said.Message(4)]));

        Assert.Contains("already", error.Message, StringComparison.Ordinal);
        Assert.False(error.MayBeKept);
        Assert.Equal(Said.Ids(1), await store.IdsAsync(new("#room", 10)));
    }

    [Theory]
    [EveryStore]
    public async Task A_taken_id_harms_nobody_who_writes_at_the_same_time(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.AppendAsync([Said.Message(0)]);

        var appends = Enumerable.Range(1, 50)
            .Select(number => (First: number, Second: number % 10 == 5 ? 0 : number + 100))
            .Select(pair => store.AppendAsync([Said.Message(pair.First), Said.Message(pair.Second)]))
            .ToList();
        await Task.WhenAll(appends.Select(append => append.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))).Soon();

        Assert.Equal(5, appends.Count(append => append.IsFaulted));
        Assert.Equal(1 + (45 * 2), (await store.ReadAsync(new("#room", 1000))).Count);
    }

    [Theory]
    [EveryStore]
    public async Task Nothing_to_keep_is_kept_at_once(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();

        await store.AppendAsync([]);
    }

    [Theory]
    [EveryStore]
    public async Task Who_has_given_up_waiting_hears_that(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.AppendAsync([Said.Message(1)], new CancellationToken(canceled: true)));
    }

    [Theory]
    [EveryStore]
    public async Task Writers_and_readers_work_side_by_side(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        using var written = new CancellationTokenSource();

        var reading = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!written.IsCancellationRequested)
            {
                Assert.Equal(0, (await store.ReadAsync(new("#1", 1000))).Count % 2);

                // Memory answers at once, and the others want to begin.
                await Task.Yield();
            }
        }).ToList();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var number = 0; number < 50; number++)
            {
                var id = (writer * 1000) + (number * 2);
                await store.AppendAsync([Said.Message(id, $"#{writer % 2}"), Said.Message(id + 1, $"#{writer % 2}")]);
            }
        })).Soon();
        await written.CancelAsync();
        await Task.WhenAll(reading).Soon();

        Assert.Equal(400, (await store.ReadAsync(new("#0", 1000))).Count);
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task What_is_kept_is_there_for_the_next_who_opens(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        var first = await place.OpenAsync();
        var writing = Enumerable.Range(0, 100).Select(number => first.AppendAsync([Said.Message(number)])).ToList();
        await first.DisposeAsync();
        await Task.WhenAll(writing).Soon();

        await using var second = await place.OpenAsync();

        Assert.Equal(100, (await second.ReadAsync(new("#room", 1000))).Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.AppendAsync([Said.Message(101)]));
    }

    private static string RandomName(int length) => string.Create(length, new Random(1), static (name, random) =>
    {
        for (var place = 0; place < name.Length; place++)
        {
            name[place] = (char)random.Next('!', '~');
        }
    });
}
