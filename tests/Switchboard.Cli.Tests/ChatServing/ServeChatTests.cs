using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Tests.Interop;

namespace Switchboard.Cli.Tests.ChatServing;

public class ServeChatTests
{
    [Fact]
    public async Task It_tells_who_comes_and_goes_and_says_goodbye_when_it_ends()
    {
        await using var run = CommandRun.Start("serve", "chat", ":0", "--database", "memory:", "--json");
        await using var alice = await ChatLines.ArriveAsync(await run.WaitForEndpointAsync(), "alice");
        await alice.SendAsync("JOIN #tea");

        Assert.Equal("alice", (await run.WaitForEventAsync("arrived")).GetProperty("nick").GetString());
        Assert.Equal("#tea", (await run.WaitForEventAsync("room-opened")).GetProperty("room").GetString());
        run.Interrupt();

        Assert.Contains("(Server is shutting down)", await alice.WaitForAsync("ERROR"), StringComparison.Ordinal);
        await alice.DisposeAsync();
        Assert.Equal("alice", (await run.WaitForEventAsync("left")).GetProperty("nick").GetString());
        Assert.Equal(ExitCode.Done, await run.Exit);
    }

    [Fact]
    public async Task Accounts_and_history_outlive_the_server()
    {
        using var folder = new TempFolder();
        var database = Path.Combine(folder.Path, "chat.db");
        await using (var run = CommandRun.Start("serve", "chat", ":0", "--database", database, "--json"))
        {
            await using var alice = await ChatLines.ArriveAsync(await run.WaitForEndpointAsync(), "alice");
            await alice.SendAsync("REGISTER * * secret", "JOIN #tea", "PRIVMSG #tea :kept", "PING after");
            await alice.WaitForAsync("after");
        }

        await using var again = CommandRun.Start("serve", "chat", ":0", "--database", database, "--json");
        await using var back = await ChatLines.ArriveAsync(await again.WaitForEndpointAsync(), "alice", "alice:secret");
        await back.SendAsync("JOIN #tea", "CHATHISTORY LATEST #tea * 10");

        Assert.Equal(":alice!~alice@127.0.0.1 PRIVMSG #tea :kept", await back.WaitForAsync("PRIVMSG #tea"));
    }

    [Fact]
    public async Task One_chat_has_several_ways_in()
    {
        using var files = new TlsFolder();
        await using var run = CommandRun.Start(
            "serve", "chat", "127.0.0.1:0", "--also", "tls://127.0.0.1:0", "--also", $"unix:{files.Path}/chat.sock",
            "--cert", files.Certificate, "--key", files.Key, "--database", "memory:", "--json");
        await run.Output.WaitForLineAsync("\"event\":\"listening\"", "unix:");
        var ways = run.Output.Lines.Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "listening")
            .Select(line => Endpoint.Parse(line.GetProperty("endpoint").GetString()!)).ToList();
        var trusting = new ConnectOptions
        {
            Tls = new TlsConnectOptions
            {
                ServerName = "localhost",
                TrustedRoots = [X509CertificateLoader.LoadCertificateFromFile(files.Authority)],
            },
        };
        await using var alice = await ChatLines.ArriveAsync(ways[0], "alice");
        await using var bob = await ChatLines.ArriveAsync(ways[1], "bob", options: trusting);
        await using var carol = await ChatLines.ArriveAsync(ways[2], "carol");
        await alice.SendAsync("JOIN #tea", "PING joined");
        await alice.WaitForAsync("joined");

        await bob.SendAsync("JOIN #tea", "PRIVMSG #tea :over TLS");
        await alice.WaitForAsync(" PRIVMSG #tea :over TLS");
        await carol.SendAsync("JOIN #tea", "PRIVMSG #tea :from this machine");

        await alice.WaitForAsync(" PRIVMSG #tea :from this machine");
        await bob.WaitForAsync(" PRIVMSG #tea :from this machine");
        await alice.SendAsync("WHOIS bob", "WHOIS carol");
        await alice.WaitForAsync(" 671 alice bob :is using a secure connection");
    }

    [Fact]
    public async Task It_greets_with_a_files_lines_under_its_names()
    {
        using var folder = new TempFolder();
        var motd = folder.Write("motd", "be kind\n");
        await using var run = CommandRun.Start(
            "serve", "chat", ":0", "--database", "memory:", "--motd", motd, "--name", "irc.here", "--network", "Here",
            "--json");
        await using var client = new ChatLines(await Connection.ConnectAsync(await run.WaitForEndpointAsync()));

        await client.SendAsync("NICK a", "USER a 0 * :a");

        Assert.StartsWith(
            ":irc.here 001 a :Welcome to Here, ", await client.WaitForAsync(" 001 "), StringComparison.Ordinal);
        Assert.Equal(":irc.here 372 a :- be kind", await client.WaitForAsync(" 372 "));
    }

    [Theory]
    [InlineData("--motd", "nowhere")]
    [InlineData("--server-password-file", "nowhere")]
    [InlineData("--name", "two words")]
    [InlineData("--database", "postgres://")]
    public async Task What_cannot_be_is_said_before_it_listens(string option, string value)
    {
        await using var run = CommandRun.Start("serve", "chat", ":0", option, value);

        Assert.Equal(ExitCode.Usage, await run.Exit);
        Assert.Contains(value.Split(' ')[0], run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://ann@127.0.0.1", "", "--broker needs --name")]
    [InlineData("redis://127.0.0.1", "irc.a", "That is no broker")]
    [InlineData("amqp://ann:secret@127.0.0.1", "irc.a", "does not belong among the arguments")]
    public async Task A_broker_that_cannot_be_is_said_before_it_listens(string broker, string name, string reason)
    {
        string[] named = name.Length == 0 ? [] : ["--name", name];
        await using var run = CommandRun.Start(
            ["serve", "chat", ":0", "--database", "memory:", "--broker", broker, .. named]);

        Assert.Equal(ExitCode.Usage, await run.Exit);
        Assert.Contains(reason, run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_told_and_people_chat_meanwhile()
    {
        await using var run = CommandRun.Start(
            "serve", "chat", ":0", "--database", "memory:", "--name", "irc.a", "--broker", "amqp://127.0.0.1:1",
            "--json");
        await using var alice = await ChatLines.ArriveAsync(await run.WaitForEndpointAsync(), "alice");

        Assert.Contains(
            "amqp://127.0.0.1:1", (await run.WaitForEventAsync("broker-lost")).GetProperty("problem").GetString()!,
            StringComparison.Ordinal);
    }
}
