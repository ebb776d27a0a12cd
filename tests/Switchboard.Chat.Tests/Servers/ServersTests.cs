using System.Globalization;

namespace Switchboard.Chat.Tests.Servers;

#pragma warning disable CA2000 // Each server disposes of those who came to it.
public sealed class ServersTests
{
    [Fact]
    public async Task People_of_two_servers_talk_in_one_room()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();

        await ann.AskAsync("PRIVMSG #room :hello");
        await network.SeesAsync(bob, ":ann!~ann@localhost PRIVMSG #room :hello");
        await bob.AskAsync("PRIVMSG ann :psst");
        await network.SeesAsync(ann, ":bob!~bob@localhost PRIVMSG ann :psst");
        var names = await bob.AskAsync("NAMES #room", "WHOIS ann");
        Assert.Contains(names, each => each.Contains("@ann", StringComparison.Ordinal));
        Assert.Contains(names, each => each.Contains(" 312 bob ann irc.a ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_says_is_read_in_its_order()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();

        await ann.SendAsync([.. Enumerable.Range(0, 500).Select(each => $"PRIVMSG #room :{each}")]);
        await ann.SyncAsync();
        var lines = await network.SeesAsync(bob, " :499");

        Assert.Equal(Enumerable.Range(0, 500), Numbers(lines));
    }

    [Fact]
    public async Task Topics_modes_kicks_and_leaving_are_seen_everywhere()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();

        await ann.AskAsync("TOPIC #room :tea", "MODE #room +mv bob", "MODE #room +b *!*@bad");
        await network.SeesAsync(bob, "MODE #room +b *!*@bad");
        Assert.Contains(await bob.AskAsync("MODE #room"), each => each.Contains("+mnt", StringComparison.Ordinal));
        Assert.Contains(await bob.AskAsync("TOPIC #room"), each => each.Contains("tea", StringComparison.Ordinal));

        await ann.AskAsync("AWAY :lunch", "NICK anna");
        await network.SeesAsync(bob, "NICK anna");
        Assert.Contains(await bob.AskAsync("WHOIS anna"), each => each.EndsWith(" lunch", StringComparison.Ordinal));

        await ann.AskAsync("KICK #room bob :out");
        await network.SeesAsync(bob, "KICK #room bob :out");
    }

    [Fact]
    public async Task A_server_that_comes_later_is_told_all()
    {
        await using var network = new ChatNetwork();
        var (ann, _) = await network.MeetAsync();
        await ann.AskAsync("TOPIC #room :tea", "MODE #room +k key");
        var third = await network.StartAsync("irc.c");
        var cid = await third.ArriveAsync("cid");
        await network.FindsAsync(cid, "ann");
        await network.FindsAsync(cid, "bob");

        var joined = await cid.AskAsync("JOIN #room", "JOIN #room key");

        Assert.Contains(joined, each => each.Contains(" 475 ", StringComparison.Ordinal));
        Assert.Contains(joined, each => each.EndsWith(" tea", StringComparison.Ordinal));
        Assert.DoesNotContain(joined, each => each.Contains("@cid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_said_while_the_broker_is_away_comes_when_it_is_back()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();

        network.Broker.TakeDown();
        await network.SeesAsync(ann, "out of reach");
        await ann.SendAsync([.. Enumerable.Range(0, 10).Select(each => $"PRIVMSG #room :{each}")]);
        await ann.SyncAsync();
        network.Broker.BringUp();

        Assert.Equal(Enumerable.Range(0, 10), Numbers(await network.SeesAsync(bob, " :9")));
        await network.SeesAsync(ann, "in reach again");
    }

    [Fact]
    public async Task What_was_acknowledged_goes_out_after_its_server_was_started_again()
    {
        await using var network = new ChatNetwork();
        await using var store = new MemoryChatStore();
        var first = await network.StartAsync("irc.a", store);
        var second = await network.StartAsync("irc.b");
        var ann = await first.ArriveAsync("ann", "echo-message");
        var bob = await second.ArriveAsync("bob");
        await ann.AskAsync("JOIN #room");
        await network.FindsAsync(bob, "ann");
        await bob.AskAsync("JOIN #room");

        network.Broker.TakeDown();
        await network.SeesAsync(ann, "out of reach");
        Assert.Contains(
            await ann.AskAsync("PRIVMSG #room :kept"), each => each.EndsWith(":kept", StringComparison.Ordinal));
        await first.DisposeAsync();
        network.Broker.BringUp();
        await network.StartAsync("irc.a", store);

        await network.SeesAsync(bob, ":ann!~ann@localhost PRIVMSG #room :kept");
    }

    [Fact]
    public async Task What_is_said_while_a_server_is_away_is_in_its_history()
    {
        await using var network = new ChatNetwork();
        await using var store = new MemoryChatStore();
        var first = await network.StartAsync("irc.a");
        var second = await network.StartAsync("irc.b", store);
        var ann = await first.ArriveAsync("ann");
        await ann.AskAsync("JOIN #room");
        await network.FindsAsync(await second.ArriveAsync("bob"), "ann");

        await second.DisposeAsync();
        await ann.AskAsync("PRIVMSG #room :missed");
        second = await network.StartAsync("irc.b", store);
        var bob = await second.ArriveAsync("bob", "draft/chathistory");
        await bob.AskAsync("JOIN #room");

        await network.AdvanceUntilAsync(async () => (await bob.AskAsync("CHATHISTORY LATEST #room * 10"))
            .Any(each => each.EndsWith(":missed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_letter_that_comes_twice_is_read_once()
    {
        await using var network = new ChatNetwork();
        network.Broker.OnTheWay = (_, letter) => [letter, letter];
        var (ann, bob) = await network.MeetAsync();

        await ann.SendAsync([.. Enumerable.Range(0, 20).Select(each => $"PRIVMSG #room :{each}")]);
        await ann.SyncAsync();
        await ann.AskAsync("TOPIC #room :end");
        var lines = await network.SeesAsync(bob, "TOPIC #room :end");

        Assert.Equal(Enumerable.Range(0, 20), Numbers(lines));
        Assert.Single(lines, each => each.Contains("TOPIC", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_that_is_lost_is_shown_as_a_gap_in_the_room_and_in_its_history()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync("draft/chathistory");
        var lost = new TaskCompletionSource();
        network.Broker.OnTheWay = (_, letter) =>
        {
            if (!letter.Contains("\"lost\"", StringComparison.Ordinal))
            {
                return [letter];
            }

            lost.TrySetResult();
            return [];
        };

        await ann.AskAsync("PRIVMSG #room :lost");

        // Or else both could be in one letter, and be lost together.
        await network.AdvanceUntilAsync(() => lost.Task.IsCompleted);
        await ann.AskAsync("PRIVMSG #room :after");
        var lines = (await network.SeesAsync(bob, ":after")).ToList();

        var gap = lines.FindIndex(each =>
            each.Contains(":irc.b NOTICE #room :Messages of irc.a", StringComparison.Ordinal));
        Assert.InRange(gap, 0, lines.FindIndex(each => each.EndsWith(":after", StringComparison.Ordinal)));
        var history = await bob.AskAsync("CHATHISTORY LATEST #room * 10");
        Assert.Contains(history, each => each.Contains("may be missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_letter_that_is_lost_is_shown_too()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();
        network.Broker.OnTheWay = (_, letter) => letter.Contains("\"lost\"", StringComparison.Ordinal) ? [] : [letter];

        await ann.AskAsync("PRIVMSG #room :lost");

        await network.SeesAsync(bob, "may be missing");
    }

    [Fact]
    public async Task What_no_longer_fits_into_the_outbox_is_shown_as_a_gap()
    {
        await using var network = new ChatNetwork { MaxOutgoing = 20 };
        var (ann, bob) = await network.MeetAsync();

        network.Broker.TakeDown();
        await network.SeesAsync(ann, "out of reach");
        await ann.SendAsync([.. Enumerable.Range(0, 30).Select(each => $"PRIVMSG #room :{each}")]);
        await ann.SyncAsync();
        network.Broker.BringUp();
        var lines = await network.SeesAsync(bob, " :29");

        Assert.Equal(Enumerable.Range(10, 20), Numbers(lines));
        Assert.Contains(lines, each => each.Contains("may be missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_that_are_lost_are_made_up_for()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();
        network.Broker.OnTheWay = (_, letter) => letter.Contains("\"nick\"", StringComparison.Ordinal)
            && letter.Contains("\"event\":\"nick\"", StringComparison.Ordinal) ? [] : [letter];

        await ann.AskAsync("NICK anna");

        await network.SeesAsync(bob, "NICK anna");
    }

    [Fact]
    public async Task A_server_that_is_not_heard_is_split_off_and_comes_back()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync();

        network.Broker.OnTheWay = (server, letter) => server == "irc.b" ? [] : [letter];
        await network.SeesAsync(bob, ":ann!~ann@localhost QUIT :irc.b irc.a");
        network.Broker.OnTheWay = (_, letter) => [letter];

        await network.SeesAsync(bob, "MODE #room +o ann");
        await ann.AskAsync("PRIVMSG #room :here");
        await network.SeesAsync(bob, "PRIVMSG #room :here");
    }

    [Fact]
    public async Task Of_two_people_of_one_nick_the_earlier_keeps_it()
    {
        await using var network = new ChatNetwork();
        var first = await network.StartAsync("irc.a");
        var second = await network.StartAsync("irc.b");
        network.Broker.TakeDown();
        var early = await first.ArriveAsync("ann");
        network.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await second.ArriveAsync("ANN");
        network.Broker.BringUp();

        var told = await network.SeesAsync(late, "NICK Guest");
        Assert.Contains(told, each => each.Contains("had your nick before you", StringComparison.Ordinal));
        var guest = told.First(each => each.Contains("NICK Guest", StringComparison.Ordinal)).Split(' ')[^1];
        await network.FindsAsync(early, guest);
        await network.FindsAsync(late, "ann");
        Assert.DoesNotContain(await early.SyncAsync(), each => each.Contains("NICK", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_owner_of_a_nick_keeps_it_though_it_came_later()
    {
        await using var network = new ChatNetwork();
        var first = await network.StartAsync("irc.a");
        var second = await network.StartAsync("irc.b");
        network.Broker.TakeDown();
        var stranger = await first.ArriveAsync("ann");
        network.Clock.Advance(TimeSpan.FromSeconds(1));
        var owner = await second.ArriveAsync("ann");
        await owner.AskAsync("PRIVMSG NickServ :REGISTER secret");
        network.Broker.BringUp();

        await network.SeesAsync(stranger, "NICK Guest");
        await network.FindsAsync(stranger, "ann");
        Assert.DoesNotContain(await owner.SyncAsync(), each => each.Contains("NICK Guest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_rooms_of_one_name_the_older_has_the_operators()
    {
        await using var network = new ChatNetwork();
        var first = await network.StartAsync("irc.a");
        var second = await network.StartAsync("irc.b");
        network.Broker.TakeDown();
        var ann = await first.ArriveAsync("ann");
        await ann.AskAsync("JOIN #room", "MODE #room +i", "TOPIC #room :old");
        network.Clock.Advance(TimeSpan.FromSeconds(1));
        var bob = await second.ArriveAsync("bob");
        await bob.AskAsync("JOIN #room");
        network.Broker.BringUp();

        await network.SeesAsync(bob, "MODE #room +o ann");
        await network.FindsAsync(ann, "bob");
        foreach (var client in new[] { ann, bob })
        {
            var told = await client.AskAsync("NAMES #room", "MODE #room");
            Assert.Contains(told, each => each.Contains("@ann", StringComparison.Ordinal));
            Assert.DoesNotContain(told, each => each.Contains("@bob", StringComparison.Ordinal));
            Assert.Contains(told, each => each.Contains("+int", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Private_messages_between_accounts_are_kept_on_both_servers()
    {
        await using var network = new ChatNetwork();
        var (ann, bob) = await network.MeetAsync("draft/chathistory");
        await ann.AskAsync("PRIVMSG NickServ :REGISTER secret");
        await bob.AskAsync("PRIVMSG NickServ :REGISTER secret");
        await network.AdvanceUntilAsync(async () => (await ann.AskAsync("WHOIS bob"))
            .Any(each => each.Contains(" 330 ", StringComparison.Ordinal)));

        await ann.AskAsync("PRIVMSG bob :psst");
        await network.SeesAsync(bob, "PRIVMSG bob :psst");

        Assert.Contains(
            await bob.AskAsync("CHATHISTORY LATEST ann * 10"),
            each => each.EndsWith(":psst", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_writes_to_somebody_out_of_reach_is_told_unless_it_is_kept()
    {
        await using var network = new ChatNetwork();
        var (ann, _) = await network.MeetAsync();
        network.Broker.TakeDown();
        await network.SeesAsync(ann, "out of reach");

        Assert.Contains(
            await ann.AskAsync("PRIVMSG bob :psst"),
            each => each.Contains("The server of bob is out of reach", StringComparison.Ordinal));
    }

    private static IEnumerable<int> Numbers(IEnumerable<string> lines) => lines
        .Where(each => each.Contains("PRIVMSG", StringComparison.Ordinal))
        .Select(each => int.Parse(each.Split(':')[^1], CultureInfo.InvariantCulture));
}
