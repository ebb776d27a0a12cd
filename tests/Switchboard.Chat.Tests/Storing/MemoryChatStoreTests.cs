namespace Switchboard.Chat.Tests.Storing;

public sealed class MemoryChatStoreTests
{
    [Fact]
    public async Task The_oldest_of_a_talk_make_room()
    {
        await using var store = new MemoryChatStore(new() { MaxMessagesPerTalk = 2 });

        await store.AppendAsync([.. Said.Messages([3, 1, 2]), Said.Message(0, "#other")]);

        Assert.Equal(Said.Ids(2, 3), await store.IdsAsync(new("#room", 9)));
        Assert.Equal(Said.Ids(0), await store.IdsAsync(new("#other", 9)));
    }

    [Fact]
    public async Task The_oldest_of_all_make_room()
    {
        await using var store = new MemoryChatStore(new() { MaxMessages = 2 });

        await store.AppendAsync([Said.Message(1), Said.Message(2, "#other"), Said.Message(3, "#third")]);

        Assert.Empty(await store.IdsAsync(new("#room", 9)));
        Assert.Equal(Said.Ids(2), await store.IdsAsync(new("#other", 9)));
        Assert.Empty(await store.ReadTalksAsync(new(null, ["#room"], Said.Time(-9), Said.Time(9), 9)));
    }

    [Fact]
    public async Task More_accounts_than_fit_are_refused()
    {
        await using var store = new MemoryChatStore(new() { MaxAccounts = 1 });
        var ann = new StoredAccount("ann", "Ann", null, null, Said.Time(0), null);

        Assert.True(await store.TryAddAccountAsync(ann));
        Assert.False(await store.TryAddAccountAsync(ann));
        await Assert.ThrowsAsync<ChatStoreException>(() => store.TryAddAccountAsync(ann with { Name = "bob" }));
    }
}
