using System.Globalization;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

public class LimitTests
{
    [Fact]
    public async Task Who_does_not_register_in_time_is_let_go()
    {
        await using var chat = new TestChat();
        var client = chat.Connect();
        await client.SyncAsync();

        await AdvanceAsync(chat, seconds: 31);

        Assert.Equal(
            ["ERROR :Closing link: *[localhost] (Registration timed out)"], await client.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Who_gives_no_sign_of_life_is_let_go_and_others_hear_it()
    {
        await using var chat = new TestChat();
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");

        await AdvanceAsync(chat, seconds: 61);
        Assert.Equal("PING irc.test", await clients[0].ReceiveAsync());
        Assert.Equal("PING irc.test", await clients[1].ReceiveAsync());
        await clients[0].SendAsync("PONG irc.test");
        await clients[0].SyncAsync();
        await AdvanceAsync(chat, seconds: 60);

        Assert.Contains("(Ping timeout: ", (await clients[1].ReceiveToEndAsync())[^1], StringComparison.Ordinal);
        Assert.StartsWith(
            ":bob!~bob@localhost QUIT :Ping timeout: ",
            (await clients[0].ReceiveUntilAsync("QUIT"))[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_come_too_fast_wait_and_none_is_lost()
    {
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with { MaxLineBurst = 5, MaxLinesPerSecond = 2 },
        });
        var client = await chat.ArriveAsync("alice");
        await client.SendAsync([.. Enumerable.Range(1, 8).Select(number => $"PING {number}")]);
        var answered = 0;

        var answering = Task.Run(async () =>
        {
            for (; answered < 8; answered++)
            {
                Assert.Equal($":irc.test PONG irc.test {answered + 1}", await client.ReceiveAsync());
            }
        });
        await AdvanceUntilAsync(chat, answering);
        await answering;
    }

    [Fact]
    public async Task Who_never_pauses_is_let_go()
    {
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with
            {
                MaxLineBurst = 5,
                MaxLinesPerSecond = 2,
                FloodTimeout = TimeSpan.FromSeconds(5),
            },
        });
        var client = await chat.ArriveAsync("alice");
        await client.SendAsync([.. Enumerable.Repeat("AWAY", 500)]);

        var ending = client.ReceiveToEndAsync();
        await AdvanceUntilAsync(chat, ending);

        Assert.Equal("ERROR :Closing link: alice[localhost] (Excess Flood)", (await ending)[^1]);
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var chat = new TestChat();
        var alice = await chat.ArriveAsync("alice");

        await chat.StopAsync();

        Assert.Equal(
            ["ERROR :Closing link: alice[localhost] (Server is shutting down)"], await alice.ReceiveToEndAsync());
        await alice.Served.Soon();
    }

    [Fact]
    public async Task Bounds_hold()
    {
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with
            {
                MaxRoomsPerPerson = 1, MaxMasksPerRoom = 1, MaxPeople = 2, MaxMembersPerRoom = 1, MaxTargets = 1,
                MaxTopicBytes = 5,
            },
        });
        var alice = (await chat.ArriveInRoomAsync("#r", "alice"))[0];
        var bob = await chat.ArriveAsync("bob");

        Assert.Equal([":irc.test 405 alice #s :You have joined too many channels"], await alice.AskAsync("JOIN #s"));
        Assert.Equal([":irc.test 471 bob #r :Cannot join channel (+l)"], await bob.AskAsync("JOIN #r"));
        await alice.AskAsync("MODE #r +b a");
        Assert.Equal([":irc.test 478 alice #r b :Channel list is full"], await alice.AskAsync("MODE #r +b b"));
        Assert.Equal([":alice!~alice@localhost TOPIC #r :ab\u00e9"], await alice.AskAsync("TOPIC #r :ab\u00e9\u00e9"));
        Assert.Equal(
            [":irc.test 407 bob x :Too many recipients. Some of them were left out."],
            await bob.AskAsync("PRIVMSG alice,x :hi"));
        var third = chat.Connect();
        await third.SendAsync("NICK third", "USER t 0 * :t");
        Assert.Equal(
            ["ERROR :Closing link: third[localhost] (The server is full)"], await third.ReceiveToEndAsync());
    }

    [Fact]
    public async Task What_the_server_says_of_itself_is_what_it_does()
    {
        await using var chat = new TestChat();
        var client = chat.Connect();
        await client.SendAsync("NICK alice", "USER a 0 * :a");
        var tokens = (await client.ReceiveUntilAsync("422"))
            .Where(line => line.Contains(" 005 ", StringComparison.Ordinal))
            .SelectMany(line => line[..line.IndexOf(" :are supported", StringComparison.Ordinal)].Split(' ')[3..])
            .Select(token => token.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");

        Assert.Equal("ascii", tokens["CASEMAPPING"]);
        Assert.Equal("(ov)@+", tokens["PREFIX"]);
        Assert.Equal("beI,k,l,imnst", tokens["CHANMODES"]);
        var nick = new string('n', int.Parse(tokens["NICKLEN"], CultureInfo.InvariantCulture));
        Assert.EndsWith($" {nick}", Assert.Single(await client.AskAsync($"NICK {nick}")), StringComparison.Ordinal);
        Assert.Contains(" 432 ", Assert.Single(await client.AskAsync($"NICK {nick}n")), StringComparison.Ordinal);
        var length = int.Parse(tokens["CHANNELLEN"], CultureInfo.InvariantCulture);
        var room = "#".PadRight(length, 'r');
        Assert.Equal(3, (await client.AskAsync($"JOIN {room}")).Count);
        Assert.Contains(" 403 ", Assert.Single(await client.AskAsync($"JOIN {room}r")), StringComparison.Ordinal);
        foreach (var letter in tokens["CHANMODES"].Replace(",", "", StringComparison.Ordinal) + "ov")
        {
            Assert.DoesNotContain(
                await client.AskAsync($"MODE {room} +{letter}"),
                line => line.Contains(" 472 ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Old_messages_are_forgotten_from_the_start_and_nobody_waits_for_that()
    {
        var store = new SlowStore();
        store.Forgetting.Close();
        await using var chat = new TestChat(options => options with { Store = store });
        Assert.Equal(chat.Clock.GetUtcNow() - TimeSpan.FromDays(30), Assert.Single(store.Forgotten));
        var alice = await chat.ArriveAsync("alice");

        await AdvanceAsync(chat, seconds: 61);

        Assert.Equal("PING irc.test", await alice.ReceiveAsync());
        store.Forgetting.Open();
        chat.Clock.Advance(TimeSpan.FromHours(1));
        await Waiting.UntilAsync(() => store.Forgotten.Count == 2);
    }

    /// <summary>Moves the clock whenever a line waits for it, until something has happened.</summary>
    private static async Task AdvanceUntilAsync(TestChat chat, Task happened)
    {
        // One timer looks at all clients, one forgets old messages, and one more makes a line wait.
        while (await Task.WhenAny(happened, chat.Clock.WaitForTimersAsync(3)).Soon() != happened)
        {
            chat.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }
    }

    private static async Task AdvanceAsync(TestChat chat, int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            chat.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        // The last look is made by a timer's callback, which may come behind this.
        await Waiting.UntilAsync(() => chat.Clock.ArmedTimers > 0);
        chat.Clock.Advance(TimeSpan.FromSeconds(1));
    }
}
