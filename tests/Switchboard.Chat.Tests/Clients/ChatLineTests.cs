using Switchboard.Chat.Clients;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public sealed class ChatLineTests
{
    // A loss closes the line while others are on their way to send on it: to them it is a loss, and not their mistake.
    [Fact]
    public async Task Whoever_sends_on_a_line_that_was_just_closed_is_told_of_a_loss()
    {
        var (ours, theirs) = Connection.CreatePair();
        await using var peer = theirs;
        await theirs.CompleteSendingAsync();
        var line = new ChatLine(ours, new ChatClientOptions { Nick = "ada" });
        await line.DisposeAsync();

        var error = await Assert.ThrowsAsync<ConnectionException>(
            () => line.SendAsync(new ChatMessage("PING", "there")).Soon());

        Assert.Equal("send", error.Operation);
    }
}
