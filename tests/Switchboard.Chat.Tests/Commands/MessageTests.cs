using Switchboard.Chat.Tests.Serving;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Commands;

public class MessageTests
{
    [Fact]
    public async Task A_message_to_a_room_reaches_everybody_else_in_it()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob", "carol");

        await clients[0].SendAsync("PRIVMSG #R :hello  there", "NOTICE #r note");

        foreach (var client in clients[1..])
        {
            Assert.Equal(":alice!~alice@localhost PRIVMSG #r :hello  there", await client.ReceiveAsync());
            Assert.Equal(":alice!~alice@localhost NOTICE #r :note", await client.ReceiveAsync());
        }

        Assert.Empty(await clients[0].SyncAsync());
    }

    [Fact]
    public async Task A_private_message_reaches_one_and_tells_that_it_is_away()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");
        var bob = await chat.ArriveAsync("bob");
        await bob.AskAsync("AWAY :lunch");

        Assert.Equal([":irc.test 301 alice bob lunch"], await alice.AskAsync("PRIVMSG bob hi"));
        Assert.Equal([":alice!~alice@localhost PRIVMSG bob :hi"], await bob.SyncAsync());
    }

    [Fact]
    public async Task An_echo_has_the_id_and_the_label_and_others_get_the_same_id()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "echo-message message-tags labeled-response batch server-time");
        var bob = await chat.ArriveAsync("bob", "message-tags server-time");
        await alice.AskAsync("JOIN #r");
        await bob.AskAsync("JOIN #r");
        await alice.SyncAsync();

        await alice.SendAsync("@label=7;+typing=active;other=1 PRIVMSG #r :hi");

        var echo = await alice.ReceiveAsync();
        Assert.Matches(
            @"^@label=7;time=2026-01-02T03:04:05\.000Z;msgid=[0-9a-f-]+;\+typing=active "
            + ":alice!~alice@localhost PRIVMSG #r :hi$",
            echo);
        Assert.Equal(echo!.Replace("label=7;", "", StringComparison.Ordinal), await bob.ReceiveAsync());
    }

    [Theory]
    [InlineData("PING x", "@label=1 :irc.test PONG irc.test x")]
    [InlineData("PONG x", "@label=1 :irc.test ACK")]
    [InlineData("NONSENSE", "@label=1 :irc.test 421 alice NONSENSE :Unknown command")]
    [InlineData("PRIVMSG nobody :x", "@label=1 :irc.test 401 alice nobody :No such nick/channel")]
    [InlineData("PRIVMSG alice :x", ":alice!~alice@localhost PRIVMSG alice :x|@label=1 :irc.test ACK")]
    public async Task A_labeled_line_has_one_labeled_answer(string line, string answers)
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "labeled-response batch");

        Assert.Equal(answers.Split('|'), await alice.AskAsync("@label=1 " + line));
    }

    [Fact]
    public async Task A_labeled_line_with_several_answers_is_answered_by_a_batch()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice", "labeled-response batch");

        var lines = await alice.AskAsync("@label=1 JOIN #r");

        Assert.Matches(@"^@label=1 :irc\.test BATCH \+\w+ labeled-response$", lines[0]);
        Assert.All(lines.Skip(1).SkipLast(1), line => Assert.StartsWith("@batch=", line, StringComparison.Ordinal));
        Assert.Matches(@"^:irc\.test BATCH -\w+$", lines[^1]);
        Assert.Equal(5, lines.Count);
    }

    [Fact]
    public async Task Messages_of_tags_reach_those_who_know_tags_and_are_not_kept()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "old", "older");
        var alice = await chat.ArriveAsync("alice", "message-tags");
        var bob = await chat.ArriveAsync("bob", "message-tags");
        await alice.AskAsync("JOIN #r");
        await bob.AskAsync("JOIN #r");

        await alice.SendAsync("@+typing=active TAGMSG #r");

        Assert.Matches(@"^@msgid=\S+;\+typing=active :alice!~alice@localhost TAGMSG #r$", await bob.ReceiveAsync());
        Assert.DoesNotContain(await clients[0].SyncAsync(), line => line.Contains("TAGMSG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_sender_does_next_is_seen_behind_what_it_said()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        store.Keeping.Close();

        await clients[0].SendAsync("PRIVMSG #r :one", "PRIVMSG #r :two", "PART #r");
        Assert.Empty(await clients[1].SyncAsync());
        store.Keeping.Open();

        Assert.Equal(":alice!~alice@localhost PRIVMSG #r :one", await clients[1].ReceiveAsync());
        Assert.Equal(":alice!~alice@localhost PRIVMSG #r :two", await clients[1].ReceiveAsync());
        Assert.Equal(":alice!~alice@localhost PART #r", await clients[1].ReceiveAsync());
    }

    [Fact]
    public async Task What_is_not_kept_is_shown_to_nobody_and_its_sender_is_told()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        store.Fails = true;

        var told = await clients[0].AskAsync("PRIVMSG #r :lost", "PING after");

        Assert.Contains("could not be kept", told[0], StringComparison.Ordinal);
        Assert.Empty(await clients[1].SyncAsync());
        store.Fails = false;
        await clients[0].SendAsync("PRIVMSG #r :kept");
        Assert.Equal(":alice!~alice@localhost PRIVMSG #r :kept", await clients[1].ReceiveAsync());
    }

    [Fact]
    public async Task What_may_be_kept_all_the_same_is_told_so()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        (store.Fails, store.LosesAnswers) = (true, true);

        var told = await clients[0].AskAsync("PRIVMSG #r :perhaps", "PING after");

        Assert.Contains("whether it was kept is not known", told[0], StringComparison.Ordinal);
        Assert.Empty(await clients[1].SyncAsync());
    }

    [Fact]
    public async Task Whoever_takes_nothing_is_let_go_and_others_notice_nothing()
    {
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with { MaxPendingBytes = 64 * 1024 },
        });
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        var slow = (await chat.ArriveInRoomAsync("#r", "slow"))[0];
        await clients[0].SyncAsync();
        await clients[1].SyncAsync();
        var text = new string('x', 400);

        var others = new List<string>();
        for (var sent = 0; !slow.Served.IsCompleted && sent < 100_000; sent++)
        {
            await clients[0].AskAsync($"PRIVMSG #r :{sent} {text}");
            others.AddRange(await clients[1].SyncAsync());
        }

        await slow.Served.Soon();
        others.AddRange(await clients[1].SyncAsync());
        Assert.Single(others, ":slow!~slow@localhost QUIT :SendQ exceeded");
    }
}
