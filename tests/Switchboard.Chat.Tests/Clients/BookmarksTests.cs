using Switchboard.Chat.Clients;

namespace Switchboard.Chat.Tests.Clients;

public sealed class BookmarksTests
{
    private readonly Bookmarks _bookmarks = new(capacity: 2, NickComparer.Rfc1459);

    [Fact]
    public void What_is_said_while_the_held_is_told_does_not_overtake_it()
    {
        _bookmarks.Hold("#tea");
        Assert.True(_bookmarks.TryHold(Said("1")));

        Assert.True(_bookmarks.TryTakeHeld("#tea", out var first));
        Assert.True(_bookmarks.TryHold(Said("2")));
        Assert.True(_bookmarks.TryTakeHeld("#tea", out var second));
        Assert.False(_bookmarks.TryTakeHeld("#tea", out _));

        Assert.Equal(["1", "2"], first.Concat(second).Select(said => said.Id));
        Assert.False(_bookmarks.TryHold(Said("3")));
    }

    [Fact]
    public void The_last_that_the_history_told_are_known()
    {
        foreach (var id in (string?[])["1", null, "2", "2", "3"])
        {
            _bookmarks.NoteTold(Said(id));
        }

        Assert.Equal(
            ["2", "3"],
            ((string?[])["1", "2", "3", "4", null]).Where(id => _bookmarks.WasTold(Said(id))));
    }

    private static ChatSaid Said(string? id) => new(DateTimeOffset.UnixEpoch, "bob", "#tea", "text") { Id = id };
}
