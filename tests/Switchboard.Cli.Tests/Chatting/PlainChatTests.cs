using System.Text;
using Switchboard.Chat;
using Switchboard.Chat.Tests.Clients;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Chatting;

/// <summary>Chat in lines, at somebody else's server.</summary>
public sealed class PlainChatTests
{
    [Fact]
    public async Task Lines_of_the_input_are_said_and_the_end_leaves_once_everything_is_taken()
    {
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);

        await using var run = Start(server, "one\ntwo\r\n\nthree", "--join", "tea");

        foreach (var text in (string[])["one", "two", "three"])
        {
            Assert.Equal(text, (await bob.NextAsync<ChatSaid>()).Text);
        }

        Assert.Equal("ada", (await bob.NextAsync<ChatQuit>()).Nick);
        Assert.Equal(0, await run.Exit);
        Assert.Equal("", run.Output.Text);
    }

    [Fact]
    public async Task What_others_say_is_printed_and_never_obeyed()
    {
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);
        var input = new OpenInput();
        await using var run = CommandRun.StartIn(
            world => world with { Input = input }, "chat", $"{server.Endpoint}", "--nick", "ada", "--join", "tea");
        await bob.NextAsync<ChatJoined>();
        while ((await bob.NextAsync<ChatJoined>()).Nick != "ada")
        {
        }

        await bob.SayAsync("#tea", "hi \e[2J\u202E\x03" + "4there");
        await bob.SayAsync("#tea", "waves", ChatSaidKind.Action);
        await bob.SayAsync("ada", "psst");
        await run.Output.WaitForLineAsync("(private) <bob> psst");
        input.End();

        Assert.Equal(0, await run.Exit.Soon());
        Assert.Equal([@"<bob> hi \e[2J\u202Ethere", "* bob waves", "(private) <bob> psst"], run.Output.Lines);
    }

    [Fact]
    public async Task Scripts_get_an_object_for_each_event()
    {
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);
        var input = new OpenInput();
        await using var run = CommandRun.StartIn(
            world => world with { Input = input },
            "chat", $"{server.Endpoint}", "--nick", "ada", "--join", "tea", "--json");
        Assert.Equal("ada", (await run.WaitForEventAsync("registered")).GetProperty("nick").GetString());
        Assert.True((await run.WaitForEventAsync("joined")).GetProperty("own").GetBoolean());

        await bob.SayAsync("#tea", "hi \e");
        var said = await run.WaitForEventAsync("said");

        Assert.Equal(("#tea", "bob", "hi \e", "message"), (Get("talk"), Get("nick"), Get("text"), Get("kind")));
        input.End();
        Assert.Equal(0, await run.Exit.Soon());

        string Get(string name) => said.GetProperty(name).GetString()!;
    }

    [Fact]
    public async Task Without_anybody_to_talk_to_it_says_what_is_missing()
    {
        await using var run = await CommandRun.RunAsync("chat", "127.0.0.1:9");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("--join ROOM", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_not_sent_in_the_clear_to_another_machine()
    {
        await using var run = await CommandRun.RunAsync(
            "chat", "192.0.2.1:6667", "--join", "tea", "--account-password-file", "p");

        Assert.Equal(2, await run.Exit);
        Assert.Contains("in the clear", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_accounts_is_refused_when_there_is_a_password()
    {
        await using var server = await Ngircd.StartAsync();
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "password"), "secret\n");

        await using var run = CommandRun.StartIn(
            world => world with { Folder = folder.Path },
            "chat", $"{server.Endpoint}", "--nick", "ada", "--join", "tea", "--account-password-file", "password");

        Assert.Equal(5, await run.Exit.Soon());
        Assert.Contains("SASL PLAIN", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_exit_code_three()
    {
        await using var run = await CommandRun.RunAsync("chat", "127.0.0.1:9", "--join", "tea");

        Assert.Equal(3, await run.Exit);
    }

    private static async Task<ChatClient> BobAsync(Ngircd server)
    {
        var bob = await ChatClient.ConnectAsync(server.Endpoint, new ChatClientOptions { Nick = "bob" });
        await bob.JoinAsync("#tea").Soon();
        return bob;
    }

    private static CommandRun Start(Ngircd server, string input, params string[] more) => CommandRun.StartIn(
        world => world with { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)) },
        ["chat", $"{server.Endpoint}", "--nick", "ada", .. more]);
}
