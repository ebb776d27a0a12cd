using System.Text;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public class HostileServerTests
{
    private static readonly ChatClientOptions Ada = ScriptedServer.Quick(TimeProvider.System);

    [Fact]
    public async Task A_line_without_an_end_is_refused_before_it_fills_the_memory()
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(server.Endpoint, Ada);
        await server.AcceptAsync();

        var flooding = server.SendBytesAsync(new byte[Ada.MaxLineBytes + 2]);

        await Assert.ThrowsAsync<FrameTooLargeException>(() => connecting.Soon());
        await Task.WhenAny(flooding);
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_read_as_far_as_it_can_be()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada);

        await server.SendBytesAsync([.. "\0\r\n:bob!u@h PRIVMSG ada :gr"u8, 0xFC, .. "n\r\n"u8]);

        Assert.Equal("gr\uFFFDn", (await client.NextAsync<ChatSaid>()).Text);
    }

    [Fact]
    public async Task A_flood_that_nobody_receives_is_dropped_and_counted_while_pings_are_answered()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada with { MaxWaitingEvents = 10 });
        while (await client.NextAsync<ChatEvent>() is not ChatConnected)
        {
        }

        for (var number = 1; number <= 100; number++)
        {
            await server.SendAsync($":bob!u@h PRIVMSG ada :{number}");
        }

        await server.SendAsync("PING there");
        await server.ExpectAsync("PONG there");
        for (var number = 1; number <= 10; number++)
        {
            Assert.Equal($"{number}", (await client.NextAsync<ChatSaid>()).Text);
        }

        Assert.Equal(90, (await client.NextAsync<ChatSkipped>()).Count);
        await server.SendAsync(":bob!u@h PRIVMSG ada :after");
        Assert.Equal("after", (await client.NextAsync<ChatSaid>()).Text);
    }

    [Fact]
    public async Task A_room_has_no_more_members_than_may_be_remembered()
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada with { MaxMembers = 5 });
        var joining = client.JoinAsync("#tea");

        await server.LetJoinAsync("ada", "#tea", string.Join(' ', Enumerable.Range(0, 100).Select(each => $"n{each}")));

        Assert.Equal(5, (await joining.Soon()).Members.Count);
    }

    [Fact]
    public async Task Nonsense_of_every_kind_changes_nothing_for_what_comes_after()
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random(unchecked((int)seed));
        await using var server = await ScriptedServer.StartAsync();
        await using var client = await server.ConnectAsync(Ada with { MaxWaitingEvents = 100 }, "batch server-time");
        var joining = client.JoinAsync("#tea");
        await server.LetJoinAsync("ada", "#tea");
        await joining.Soon();

        for (var round = 0; round < 5000; round++)
        {
            await server.SendAsync(Nonsense(random));
        }

        await server.SendAsync("PING after");
        await server.ExpectAsync("PONG after");
        Assert.True(client.IsConnected);
    }

    private static string Nonsense(Random random)
    {
        string[] commands =
        [
            "JOIN", "PART", "KICK", "NICK", "MODE", "TOPIC", "QUIT", "PRIVMSG", "NOTICE", "INVITE", "BATCH", "CAP",
            "AWAY", "353", "332", "366", "005", "001", "433", "999", "000", "PONG", "FAIL", "TAGMSG", "AUTHENTICATE",
        ];
        string[] words =
        [
            "#tea", "ada", "bob", "+ov", "-b", "+", "-", "=", "*", ":", "", "NEW", "ACK", "DEL", "+b", "-b",
            "chathistory", "@", "@@@", "\x01", "\x01" + "ACTION", "a,b", "PREFIX=(ov)", "é", new string('x', 300),
        ];
        string[] sources = ["", ":bob!u@h ", ":ada!u@h ", ":s ", ":! ", ":@ ", "@batch=b :bob!u@h ", "@time=x :bob "];
        var line = new StringBuilder(sources[random.Next(sources.Length)]);
        line.Append(commands[random.Next(commands.Length)]);
        for (var count = random.Next(6); count > 0; count--)
        {
            line.Append(' ').Append(words[random.Next(words.Length)]);
        }

        return line.ToString();
    }
}
