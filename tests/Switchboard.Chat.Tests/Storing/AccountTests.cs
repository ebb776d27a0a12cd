using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Storing;

public sealed class AccountTests(PostgresServer postgres)
{
    private static readonly StoredAccount Ann = new("ann", "Ann", "hash", "c0ffee", Said.Time(1), null);

    [Theory]
    [EveryStore]
    public async Task An_account_comes_back_as_it_was_made(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        var bare = new StoredAccount("bob';--", "Böb 👍", null, null, Said.Time(2), Said.Time(3));

        Assert.True(await store.TryAddAccountAsync(Ann));
        Assert.True(await store.TryAddAccountAsync(bare));

        Assert.Equal(Ann, await store.FindAccountAsync("ann"));
        Assert.Equal(bare, await store.FindAccountAsync("bob';--"));
        foreach (var nobody in new[] { "Ann", "", "\0", "\uD800", new string('x', 9999) })
        {
            Assert.Null(await store.FindAccountAsync(nobody));
        }
    }

    [Theory]
    [EveryStore]
    public async Task A_name_is_given_once(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            store.TryAddAccountAsync(Ann with { Shown = $"Ann{number}" }))).Soon();

        Assert.Single(made, true);
        Assert.Equal($"Ann{made.IndexOf(true)}", (await store.FindAccountAsync("ann"))!.Shown);
    }

    [Theory]
    [EveryStore(OnlyLasting = true)]
    public async Task A_name_is_given_once_by_several_servers(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var one = await place.OpenAsync();
        await using var other = await place.OpenAsync();

        for (var round = 0; round < 20; round++)
        {
            var account = Ann with { Name = $"ann{round}" };
            var made = await Task.WhenAll(one.TryAddAccountAsync(account), other.TryAddAccountAsync(account)).Soon();
            Assert.Single(made, true);
        }
    }

    [Theory]
    [EveryStore]
    public async Task A_change_is_made_if_nobody_was_faster(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.TryAddAccountAsync(Ann);
        var changed = Ann with { Password = "new" };

        Assert.True(await store.TryChangeAccountAsync(Ann, changed));
        Assert.False(await store.TryChangeAccountAsync(Ann, Ann with { Password = "rehashed" }));
        Assert.Equal(changed, await store.FindAccountAsync("ann"));

        var bare = changed with { Password = null, Certificate = null };
        Assert.True(await store.TryChangeAccountAsync(changed, bare));
        Assert.True(await store.TryChangeAccountAsync(bare, bare with { Certificate = "beef", Shown = "ANN" }));
        Assert.Equal(bare with { Certificate = "beef", Shown = "ANN" }, await store.FindAccountAsync("ann"));

        var bob = Ann with { Name = "bob" };
        Assert.False(await store.TryChangeAccountAsync(bob, bob));
        await Assert.ThrowsAsync<ArgumentException>(() => store.TryChangeAccountAsync(Ann, bob));
    }

    [Theory]
    [EveryStore]
    public async Task One_of_many_changes_at_once_is_made(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.TryAddAccountAsync(Ann);

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            store.TryChangeAccountAsync(Ann, Ann with { Password = $"new{number}" }))).Soon();

        Assert.Single(made, true);
    }

    [Theory]
    [EveryStore]
    public async Task When_one_was_seen_only_grows_and_changes_nothing_else(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.TryAddAccountAsync(Ann);

        Assert.True(await store.MarkSeenAsync("ann", Said.Time(5).AddTicks(3)));
        Assert.True(await store.MarkSeenAsync("ann", Said.Time(4)));
        Assert.True(await store.TryChangeAccountAsync(Ann, Ann with { Shown = "AnN" }));
        Assert.False(await store.MarkSeenAsync("bob", Said.Time(4)));
        Assert.False(await store.MarkSeenAsync("\0", Said.Time(4)));

        Assert.Equal(Ann with { Shown = "AnN", LastSeen = Said.Time(5) }, await store.FindAccountAsync("ann"));
    }

    [Theory]
    [EveryStore]
    public async Task A_certificate_finds_the_oldest_account_that_has_it(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        await store.TryAddAccountAsync(Ann with { Name = "late", Created = Said.Time(2) });
        await store.TryAddAccountAsync(Ann);
        await store.TryAddAccountAsync(Ann with { Name = "bare", Certificate = null });

        Assert.Equal(Ann, await store.FindAccountOfCertificateAsync("c0ffee"));
        Assert.Null(await store.FindAccountOfCertificateAsync("beef"));
        Assert.Null(await store.FindAccountOfCertificateAsync(""));
        Assert.Null(await store.FindAccountOfCertificateAsync("\0"));
    }

    [Theory]
    [EveryStore]
    public async Task What_cannot_be_an_account_is_refused(StoreKind kind)
    {
        await using var place = await StorePlace.MakeAsync(kind, postgres);
        await using var store = await place.OpenAsync();
        StoredAccount[] wrong =
        [
            Ann with { Name = "" }, Ann with { Name = "a b" }, Ann with { Name = "\0" },
            Ann with { Name = new string('x', 501) }, Ann with { Shown = "\uD800" }, Ann with { Password = "" },
            Ann with { Password = "\0" }, Ann with { Certificate = "" },
        ];

        foreach (var account in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.TryAddAccountAsync(account));
        }
    }
}
