using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public class ReturningTests
{
    private const string History = "batch server-time message-tags draft/chathistory";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_lost_connection_comes_back_and_the_gap_is_told_where_nothing_was_kept()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, "");

        await LoseAsync(server, client);
        await server.LetInAsync("ada");
        await server.LetJoinAsync("ada", "#tea");

        Assert.True((await client.NextAsync<ChatConnected>()).IsAgain);
        var missed = await client.NextAsync<ChatMissed>();
        Assert.Equal("#tea", missed.Talk);
        Assert.True(missed.Since < missed.Time);
    }

    [Fact]
    public async Task What_was_missed_comes_before_what_is_said_meanwhile_and_nothing_comes_twice()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);
        await server.SendAsync("@msgid=m1;time=2000-01-01T00:00:00.000Z :bob!u@h PRIVMSG #tea :one");
        await client.NextAsync<ChatSaid>();

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History);
        await server.LetJoinAsync("ada", "#tea");
        Assert.Equal("CHATHISTORY AFTER #tea msgid=m1 100", await server.HearAsync());
        await server.SendAsync(
            "@msgid=m3 :bob!u@h PRIVMSG #tea :three", "@msgid=m4 :bob!u@h PRIVMSG #tea :four",
            ":s BATCH +b chathistory #tea", "@batch=b;msgid=m2 :bob!u@h PRIVMSG #tea :two",
            "@batch=b;msgid=m3 :bob!u@h PRIVMSG #tea :three", ":s BATCH -b");

        var texts = new List<(string, bool)>();
        for (var count = 0; count < 3; count++)
        {
            var said = await client.NextAsync<ChatSaid>();
            texts.Add((said.Text, said.IsMissed));
        }

        Assert.Equal([("two", true), ("three", true), ("four", false)], texts);
    }

    [Fact]
    public async Task What_is_said_while_the_history_comes_in_parts_is_told_once_before_or_behind_the_part_that_has_it()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);
        await server.SendAsync("@msgid=m1;time=2000-01-01T00:00:00.000Z :bob!u@h PRIVMSG #tea :one");
        await client.NextAsync<ChatSaid>();

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History, "CHANTYPES=# CHATHISTORY=2");
        await server.LetJoinAsync("ada", "#tea");
        await server.SendAsync("@msgid=m3 :bob!u@h PRIVMSG #tea :three");
        Assert.Equal("CHATHISTORY AFTER #tea msgid=m1 2", await server.HearAsync());
        await server.SendAsync(
            ":s BATCH +b chathistory #tea", "@batch=b;msgid=m2 :bob!u@h PRIVMSG #tea :two",
            "@batch=b;msgid=m3 :bob!u@h PRIVMSG #tea :three", ":s BATCH -b");
        Assert.Equal("CHATHISTORY AFTER #tea msgid=m3 2", await server.HearAsync());
        await server.SendAsync(
            ":s BATCH +c chathistory #tea", "@batch=c;msgid=m4 :bob!u@h PRIVMSG #tea :four", ":s BATCH -c",
            "@msgid=m4 :bob!u@h PRIVMSG #tea :four", "@msgid=m5 :bob!u@h PRIVMSG #tea :five");

        var texts = new List<string>();
        while (texts.Count < 4)
        {
            texts.Add((await client.NextAsync<ChatSaid>()).Text);
        }

        Assert.Equal(["two", "three", "four", "five"], texts);
    }

    [Fact]
    public async Task Who_spoke_for_the_first_time_meanwhile_is_heard_too()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History);
        await server.LetJoinAsync("ada", "#tea");
        await server.ExpectAsync("CHATHISTORY AFTER #tea");
        await server.SendAsync(":s BATCH +a chathistory #tea", ":s BATCH -a");
        await server.ExpectAsync("CHATHISTORY TARGETS timestamp=");
        await server.SendAsync(
            ":s BATCH +b draft/chathistory-targets", "@batch=b :s CHATHISTORY TARGETS kim 2000-01-01T00:00:01.000Z",
            "@batch=b :s CHATHISTORY TARGETS #tea 2000-01-01T00:00:01.000Z", ":s BATCH -b");
        await server.ExpectAsync("CHATHISTORY AFTER kim timestamp=");
        await server.SendAsync(":s BATCH +c chathistory kim", "@batch=c :kim!u@h PRIVMSG ada :psst", ":s BATCH -c");

        var said = await client.NextAsync<ChatSaid>();
        Assert.Equal(("kim", "psst", true), (said.Talk, said.Text, said.IsMissed));
    }

    [Fact]
    public async Task Who_spoke_for_the_first_time_meanwhile_and_speaks_again_at_once_is_heard_in_order_and_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History);
        await server.LetJoinAsync("ada", "#tea");
        await server.ExpectAsync("CHATHISTORY AFTER #tea");
        await server.SendAsync(
            "@msgid=k2 :kim!u@h PRIVMSG ada :again", ":s BATCH +a chathistory #tea", ":s BATCH -a");
        await server.ExpectAsync("CHATHISTORY TARGETS timestamp=");
        await server.SendAsync(
            ":s BATCH +b draft/chathistory-targets", "@batch=b :s CHATHISTORY TARGETS kim 2000-01-01T00:00:01.000Z",
            ":s BATCH -b");
        await server.ExpectAsync("CHATHISTORY AFTER kim timestamp=");
        await server.SendAsync(
            ":s BATCH +c chathistory kim", "@batch=c;msgid=k1 :kim!u@h PRIVMSG ada :psst",
            "@batch=c;msgid=k2 :kim!u@h PRIVMSG ada :again", ":s BATCH -c", "@msgid=k3 :kim!u@h PRIVMSG ada :third");

        var texts = new List<string>();
        while (texts.Count < 3)
        {
            texts.Add((await client.NextAsync<ChatSaid>()).Text);
        }

        Assert.Equal(["psst", "again", "third"], texts);
    }

    [Fact]
    public async Task Who_speaks_for_the_first_time_is_heard_where_the_server_does_not_say_who_spoke_meanwhile()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History);
        await server.LetJoinAsync("ada", "#tea");
        await server.ExpectAsync("CHATHISTORY AFTER #tea");
        await server.SendAsync(
            ":kim!u@h PRIVMSG ada :hello", ":s BATCH +a chathistory #tea", ":s BATCH -a");
        await server.ExpectAsync("CHATHISTORY TARGETS");
        await server.SendAsync(":s FAIL CHATHISTORY INVALID_PARAMS TARGETS :Unknown");

        Assert.Equal("hello", (await client.NextAsync<ChatSaid>()).Text);
    }

    [Fact]
    public async Task A_server_that_does_not_give_its_history_leaves_a_gap_that_is_told()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, History);

        await LoseAsync(server, client);
        await server.LetInAsync("ada", History);
        await server.LetJoinAsync("ada", "#tea");
        await server.ExpectAsync("CHATHISTORY AFTER #tea timestamp=");
        await server.SendAsync(":s FAIL CHATHISTORY MESSAGE_ERROR AFTER #tea :Not now");

        Assert.Equal("#tea", (await client.NextAsync<ChatMissed>()).Talk);
    }

    [Fact]
    public async Task Waits_grow_and_end_with_the_reason()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Options() with { MaxReconnects = 3 });
        await client.NextAsync<ChatConnected>();
        await server.DisposeAsync();

        var waits = new List<double>();
        ChatDisconnected lost;
        while ((lost = await client.NextAsync<ChatDisconnected>()).RetryIn is { } wait)
        {
            waits.Add(wait.TotalSeconds);
            await _clock.WaitForTimersAsync(1, within: wait);
            _clock.Advance(wait);
        }

        Assert.Equal(3, waits.Count);
        Assert.InRange(waits[0], 0.5, 1);
        Assert.InRange(waits[1], 1, 2);
        Assert.InRange(waits[2], 2, 4);
        await Assert.ThrowsAnyAsync<ConnectionException>(() => client.ReceiveAsync().Soon());
        await Assert.ThrowsAnyAsync<ConnectionException>(() => client.SayAsync("#tea", "anybody?").Soon());
    }

    [Fact]
    public async Task A_silent_server_is_asked_and_then_given_up()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Options());
        await client.NextAsync<ChatConnected>();

        await _clock.WaitForTimersAsync(1, within: TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await server.ExpectAsync("PING");
        await _clock.WaitForTimersAsync(1, within: TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));

        var lost = await client.NextAsync<ChatDisconnected>();
        Assert.Equal(TimeoutPhase.Idle, Assert.IsType<ConnectionTimeoutException>(lost.Error).Phase);
    }

    [Fact]
    public async Task A_server_that_never_lets_anybody_in_is_not_waited_for_for_ever()
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(server.Endpoint, Options());
        await server.AcceptAsync();
        await server.ExpectAsync("USER");

        await _clock.WaitForTimersAsync(1, within: TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
    }

    [Fact]
    public async Task What_is_said_while_away_waits_until_the_room_is_joined_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await JoinedAsync(server, "");
        await LoseAsync(server, client);

        var saying = client.SayAsync("#tea", "back?");
        await server.LetInAsync("ada");
        Assert.Equal("JOIN #tea", await server.HearAsync());
        Assert.False(saying.IsCompleted);
        await server.SendAsync(":ada!u@h JOIN #tea", ":s 366 ada #tea :End");

        Assert.Equal("PRIVMSG #tea :back?", await server.HearAsync());
        await saying.Soon();
    }

    private ChatClientOptions Options() => ScriptedServer.Quick(_clock);

    private async Task<ChatClient> JoinedAsync(ScriptedServer server, string capabilities)
    {
        var client = await server.ConnectAsync(Options(), capabilities);
        var joining = client.JoinAsync("#tea");
        await server.LetJoinAsync("ada", "#tea");
        await joining.Soon();
        await client.NextAsync<ChatConnected>();
        return client;
    }

    private async Task LoseAsync(ScriptedServer server, ChatClient client)
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        await server.DropAsync();
        var wait = (await client.NextAsync<ChatDisconnected>()).RetryIn!.Value;
        await _clock.WaitForTimersAsync(1, within: wait);
        _clock.Advance(wait);
    }
}
