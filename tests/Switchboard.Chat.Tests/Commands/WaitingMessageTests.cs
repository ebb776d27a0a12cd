using System.Globalization;
using Switchboard.Chat.Tests.Serving;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Commands;

public class WaitingMessageTests
{
    [Fact]
    public async Task A_private_message_waits_for_who_is_away_and_is_handed_over_once()
    {
        await using var chat = new TestChat();
        var bob = await chat.ArriveAsync("bob");
        await bob.AskAsync("REGISTER * * secret");
        await bob.SendAsync("QUIT");
        await bob.Served;
        var alice = await chat.ArriveAsync("alice");
        Assert.Contains(
            ":irc.test 401 alice bob :No such nick/channel", await alice.AskAsync("PRIVMSG bob :too early"));
        await alice.AskAsync("REGISTER * * secret");
        chat.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [":irc.test 301 alice bob :is not here; the message waits until its receiver signs in"],
            await alice.AskAsync("PRIVMSG bob :are you there?"));

        chat.Clock.Advance(TimeSpan.FromSeconds(10));
        var back = await SignInAsync(chat, "PASS bob:secret");
        Assert.Equal(
            [":alice!~alice@localhost PRIVMSG bob :[2026-01-02 03:04 UTC] are you there?"], await back.SyncAsync());
        await back.SendAsync("QUIT");
        await back.Served;
        var again = await SignInAsync(chat, "PASS bob:secret");
        Assert.Empty(await again.SyncAsync());
    }

    [Fact]
    public async Task A_notice_is_answered_by_nothing_wherever_its_receiver_is()
    {
        await using var chat = new TestChat();
        var (alice, bob) = await ArriveWithAccountsAsync(chat);
        await bob.AskAsync("AWAY :at lunch");

        Assert.Empty(await alice.AskAsync("NOTICE bob :one"));
        await bob.SendAsync("QUIT");
        await bob.Served;
        Assert.Empty(await alice.AskAsync("NOTICE bob :two"));
    }

    [Fact]
    public async Task A_message_of_the_millisecond_in_which_its_receiver_left_waits()
    {
        await using var chat = new TestChat();
        var (alice, bob) = await ArriveWithAccountsAsync(chat);

        // The clock stands still: all of this is of one millisecond.
        await alice.SendAsync("PRIVMSG bob :heard");
        await bob.ReceiveUntilAsync("PRIVMSG");
        await bob.SendAsync("QUIT");
        await bob.Served;
        await alice.AskAsync("PRIVMSG bob :missed");

        var back = await SignInAsync(chat, "PASS bob:secret", "server-time");
        Assert.EndsWith(" PRIVMSG bob :missed", Assert.Single(await back.SyncAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_on_its_way_when_its_receiver_left_waits()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var (alice, bob) = await ArriveWithAccountsAsync(chat);
        await alice.SendAsync("PRIVMSG bob :heard");
        await bob.ReceiveUntilAsync("PRIVMSG");
        var carol = (await chat.ArriveInRoomAsync("#r", "carol"))[0];
        await bob.AskAsync("JOIN #r");
        store.Keeping.Close();
        await alice.SendAsync("PRIVMSG bob :missed");
        await Waiting.UntilAsync(() => store.Keeping.Came == 2);

        await bob.SendAsync("QUIT");
        await carol.ReceiveUntilAsync("QUIT");
        store.Keeping.Open();
        await bob.Served;

        var back = await SignInAsync(chat, "PASS bob:secret", "server-time");
        Assert.EndsWith(" PRIVMSG bob :missed", (await back.SyncAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_while_waiting_messages_are_read_comes_behind_them_and_once()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var (alice, back) = await SignInWithOneMessageWaitingAsync(chat, store);
        Assert.Empty(await alice.AskAsync("PRIVMSG bob :two"));
        store.Reading.Open();

        Assert.Equal(["one", "two"], (await back.SyncAsync()).Select(line => line[^3..]));
        await alice.AskAsync("PRIVMSG bob :six");
        Assert.Equal(["six"], (await back.SyncAsync()).Select(line => line[^3..]));
    }

    [Fact]
    public async Task What_was_handed_over_before_it_was_delivered_is_not_delivered()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var (alice, back) = await SignInWithOneMessageWaitingAsync(chat, store);
        store.Kept.Close();
        await alice.SendAsync("PRIVMSG bob :two");
        await Waiting.UntilAsync(() => store.Kept.Came == 2);
        store.Reading.Open();

        Assert.Equal(["one", "two"], (await back.SyncAsync()).Select(line => line[^3..]));
        store.Kept.Open();
        await alice.AskAsync("PRIVMSG bob :six");
        Assert.Equal(["six"], (await back.SyncAsync()).Select(line => line[^3..]));
    }

    [Fact]
    public async Task What_could_not_be_read_waits_for_the_next_time_whatever_is_heard_meanwhile()
    {
        var store = new SlowStore();
        await using var chat = new TestChat(options => options with { Store = store });
        var (alice, back) = await SignInWithOneMessageWaitingAsync(chat, store);
        await alice.AskAsync("PRIVMSG bob :two");
        store.Fails = true;
        store.Reading.Open();
        await back.ReceiveUntilAsync("PRIVMSG");
        store.Fails = false;
        await back.SendAsync("QUIT");
        await back.Served;

        var again = await SignInAsync(chat, "PASS bob:secret", "server-time");
        Assert.Equal(["one", "two"], (await again.SyncAsync()).Select(line => line[^3..]));
    }

    [Fact]
    public async Task Who_missed_more_than_is_handed_over_is_told_where_the_rest_is()
    {
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with { MaxWaitingMessages = 2 },
        });
        var (alice, bob) = await ArriveWithAccountsAsync(chat);
        await bob.SendAsync("QUIT");
        await bob.Served;
        for (var number = 1; number <= 3; number++)
        {
            await alice.AskAsync(string.Create(CultureInfo.InvariantCulture, $"PRIVMSG bob :{number}"));
        }

        var back = await SignInAsync(chat, "PASS bob:secret", "server-time");
        var lines = await back.SyncAsync();

        Assert.Equal(["2", "3"], lines.SkipLast(1).Select(line => line[^1..]));
        Assert.Contains(
            "There is more from alice: CHATHISTORY LATEST alice * 200 ", lines[^1], StringComparison.Ordinal);
        await back.SendAsync("QUIT");
        await back.Served;
        Assert.Empty(await (await SignInAsync(chat, "PASS bob:secret")).SyncAsync());
    }

    /// <summary>Alice has left a message, and bob is back, but the store does not give it before it is let.</summary>
    private static async Task<(ScriptedClient Alice, ScriptedClient Back)> SignInWithOneMessageWaitingAsync(
        TestChat chat, SlowStore store)
    {
        var (alice, bob) = await ArriveWithAccountsAsync(chat);
        await bob.SendAsync("QUIT");
        await bob.Served;
        await alice.AskAsync("PRIVMSG bob :one");
        store.Reading.Close();
        var back = await SignInAsync(chat, "PASS bob:secret", "server-time");
        await Waiting.UntilAsync(() => store.Reading.Came == 1);
        return (alice, back);
    }

    private static async Task<(ScriptedClient Alice, ScriptedClient Bob)> ArriveWithAccountsAsync(TestChat chat)
    {
        var alice = await chat.ArriveAsync("alice");
        await alice.AskAsync("REGISTER * * secret");
        var bob = await chat.ArriveAsync("bob");
        await bob.AskAsync("REGISTER * * secret");
        return (alice, bob);
    }

    private static async Task<ScriptedClient> SignInAsync(
        TestChat chat, string pass, string capabilities = "")
    {
        var client = chat.Connect();
        if (capabilities.Length > 0)
        {
            await client.SendAsync($"CAP REQ :{capabilities}");
        }

        await client.SendAsync(pass, "NICK bob", "USER b 0 * :b", "CAP END");
        await client.ReceiveUntilAsync("422");
        return client;
    }
}
