using System.Text;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

public class HostileClientTests
{
    private const int Lines = 100_000;

    private static readonly string[] Commands =
    [
        "CAP", "NICK", "USER", "PASS", "PING", "PRIVMSG", "NOTICE", "TAGMSG", "JOIN", "PART", "TOPIC", "NAMES", "LIST",
        "KICK", "INVITE", "MODE", "AWAY", "SETNAME", "WHO", "WHOIS", "WHOWAS", "ISON", "USERHOST", "MOTD", "LUSERS",
        "VERSION", "TIME", "INFO", "CHATHISTORY", "AUTHENTICATE", "NONSENSE", "001", "BATCH",
    ];

    private static readonly string[] Words =
    [
        "#r", "#own", "alice", "bob", "mallory", "*", "0", "+o", "-o+v", "+beI", "+k", "+l", "LS", "REQ", "END",
        "LATEST", "BEFORE", "TARGETS", "msgid=x", "timestamp=2026-01-01T00:00:00Z", "%tcnfa,1", "a!b@c", "***?*?*a",
        ",,,", "#,#a", "", ":", "PLAIN", "batch", "echo-message", "labeled-response", "message-tags", "999999999999",
    ];

    [Fact]
    public async Task A_hundred_thousand_lines_of_nonsense_are_seen_by_nobody_else()
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random(unchecked((int)seed));
        await using var chat = new TestChat(options => options with
        {
            Limits = options.Limits with { MaxFailedSignIns = int.MaxValue },
        });
        var clients = await chat.ArriveInRoomAsync("#r", "alice", "bob");
        await clients[0].AskAsync("MODE #r +i");
        await clients[1].SyncAsync();

        var sent = 0;
        while (sent < Lines)
        {
            sent += await AttackAsync(chat, random, Math.Min(10_000, Lines - sent));
            await clients[0].SendAsync($"PRIVMSG #r :still here {sent}");
            Assert.Equal($":alice!~alice@localhost PRIVMSG #r :still here {sent}", await clients[1].ReceiveAsync());
        }

        Assert.Empty(await clients[0].SyncAsync());
        Assert.Empty(await clients[1].SyncAsync());
        await Waiting.UntilAsync(() => chat.Server.PeopleCount == 2);
    }

    /// <summary>One client that sends until it is let go, or has sent enough.</summary>
    private static async Task<int> AttackAsync(TestChat chat, Random random, int count)
    {
        var client = random.Next(4) == 0 ? chat.Connect() : await chat.ArriveAsync("mallory");
        var reading = ReadAllAsync(client);
        var sent = 0;
        try
        {
            while (sent < count)
            {
                await client.Connection.SendAsync(Line(random)).Soon();
                sent++;
            }

            await client.Connection.SendAsync("\r\nQUIT\r\n"u8.ToArray()).Soon();
        }
        catch (Exception error) when (error is ConnectionException or ObjectDisposedException)
        {
            // It was let go.
        }

        await reading.Soon();
        await client.Served.Soon();
        return Math.Max(sent, 1);
    }

    private static async Task ReadAllAsync(ScriptedClient client)
    {
        try
        {
            while (await client.ReceiveAsync() is not null)
            {
            }
        }
        catch (ConnectionException)
        {
            // It was let go.
        }
    }

    // Never to those who watch: a message to them is no nonsense, and they would see it rightly.
    private static byte[] Line(Random random)
    {
        if (random.Next(20) == 0)
        {
            var noise = new byte[random.Next(1, 700)];
            random.NextBytes(noise);
            return [.. noise.Where(each => each != '\n'), (byte)'\n'];
        }

        var command = Commands[random.Next(Commands.Length)];
        var line = new StringBuilder();
        if (random.Next(5) == 0)
        {
            line.Append("@label=").Append(random.Next()).Append(";+x=").Append(Word()).Append(' ');
        }

        line.Append(random.Next(2) == 0 ? command : command.ToLowerInvariant());
        for (var count = random.Next(5); count > 0; count--)
        {
            line.Append(' ').Append(Word());
        }

        return Encoding.UTF8.GetBytes(line.Append("\r\n").ToString());

        string Word() => command is "PRIVMSG" or "NOTICE" or "TAGMSG" or "INVITE"
            ? Words[random.Next(4, Words.Length)]
            : Words[random.Next(Words.Length)];
    }
}
