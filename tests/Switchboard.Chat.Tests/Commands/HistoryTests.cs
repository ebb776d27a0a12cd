using Switchboard.Chat.Tests.Serving;

namespace Switchboard.Chat.Tests.Commands;

public class HistoryTests
{
    [Theory]
    [InlineData("LATEST #r * 2", "4 5")]
    [InlineData("LATEST #r T3 9", "4 5")]
    [InlineData("LATEST #r M3 1", "5")]
    [InlineData("BEFORE #r M3 9", "1 2")]
    [InlineData("BEFORE #r T3 1", "2")]
    [InlineData("AFTER #r M3 9", "4 5")]
    [InlineData("AFTER #r T1 2", "2 3")]
    [InlineData("AROUND #r M3 3", "2 3 4")]
    [InlineData("AROUND #r T3 2", "2 3")]
    [InlineData("AROUND #r M1 2", "1 2")]
    [InlineData("BETWEEN #r M1 M5 2", "2 3")]
    [InlineData("BETWEEN #r M5 M1 2", "3 4")]
    [InlineData("BETWEEN #r T1 T4 9", "2 3")]
    [InlineData("BEFORE #r msgid=unknown 9", "")]
    public async Task Messages_are_found_around_places(string question, string texts)
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "echo-message message-tags server-time draft/chathistory");
        await alice.AskAsync("JOIN #r");
        for (var number = 1; number <= 5; number++)
        {
            await alice.SendAsync($"PRIVMSG #r :{number}");
            var echo = (await alice.ReceiveAsync())!;
            question = question
                .Replace($"M{number}", "msgid=" + Tag(echo, "msgid"), StringComparison.Ordinal)
                .Replace($"T{number}", "timestamp=" + Tag(echo, "time"), StringComparison.Ordinal);
            chat.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var lines = await alice.AskAsync("CHATHISTORY " + question);

        Assert.Equal(texts, string.Join(' ', lines.Select(line => line[(line.LastIndexOf(':') + 1)..])));
    }

    [Fact]
    public async Task A_batch_holds_the_past_for_clients_that_know_batches()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "batch labeled-response draft/chathistory");
        await alice.AskAsync("JOIN #r", "PRIVMSG #r :one");

        var lines = await alice.AskAsync("@label=9 CHATHISTORY LATEST #r * 10");

        Assert.Matches(@"^@label=9 :irc\.test BATCH \+\w+ chathistory #r$", lines[0]);
        Assert.Matches(@"^@batch=\w+ :alice!~alice@localhost PRIVMSG #r :one$", lines[1]);
        Assert.Matches(@"^:irc\.test BATCH -\w+$", lines[2]);
    }

    [Theory]
    [InlineData("CHATHISTORY NONSENSE #r * 1", "INVALID_PARAMS NONSENSE")]
    [InlineData("CHATHISTORY LATEST #r", "NEED_MORE_PARAMS LATEST")]
    [InlineData("CHATHISTORY LATEST #r nonsense 1", "INVALID_PARAMS LATEST")]
    [InlineData("CHATHISTORY LATEST #r * 0", "INVALID_PARAMS LATEST")]
    [InlineData("CHATHISTORY BEFORE #r * 1", "INVALID_PARAMS BEFORE")]
    [InlineData("CHATHISTORY LATEST #other * 1", "INVALID_TARGET LATEST #other")]
    [InlineData("CHATHISTORY LATEST nobody * 1", "INVALID_TARGET LATEST nobody")]
    [InlineData("CHATHISTORY TARGETS x y 1", "INVALID_PARAMS TARGETS")]
    public async Task What_cannot_be_asked_says_why(string line, string reason)
    {
        await using var chat = new TestChat();
        await chat.ArriveInRoomAsync("#other", "bob");
        var alice = await chat.ArriveAsync("alice", "standard-replies");
        await alice.AskAsync("JOIN #r");

        Assert.StartsWith(
            $":irc.test FAIL CHATHISTORY {reason} :",
            Assert.Single(await alice.AskAsync(line)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_are_ones_rooms_and_private_talks()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        var bob = await chat.ArriveAsync("bob");
        await alice.AskAsync("REGISTER * * secret");
        await bob.AskAsync("REGISTER * * secret");

        // No message is of the millisecond in which an account was made.
        chat.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.AskAsync("JOIN #r", "PRIVMSG #r :one");
        chat.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.AskAsync("PRIVMSG bob :two");

        var lines = await alice.AskAsync(
            "CHATHISTORY TARGETS timestamp=2026-01-01T00:00:00.000Z timestamp=2027-01-01T00:00:00.000Z 10");

        Assert.Equal(
            [
                ":irc.test CHATHISTORY TARGETS #r 2026-01-02T03:04:06.000Z",
                ":irc.test CHATHISTORY TARGETS bob 2026-01-02T03:04:07.000Z",
            ],
            lines);
        Assert.Equal(
            [":alice!~alice@localhost PRIVMSG bob :two"], (await bob.AskAsync("CHATHISTORY LATEST alice * 5")).Skip(1));
    }

    private static string Tag(string line, string name)
    {
        Assert.True(ChatMessage.TryParse(System.Text.Encoding.UTF8.GetBytes(line), out var message));
        return message!.Tag(name) ?? throw new InvalidOperationException(line);
    }
}
