using Switchboard.Chat;
using Switchboard.Chat.Tests.Clients;
using Switchboard.Cli.Tests.Processes;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Chatting;

/// <summary>The whole screen, on a real terminal, at somebody else's server.</summary>
public sealed class ChatScreenTests
{
    [Fact]
    public async Task Two_people_talk_and_what_a_terminal_would_obey_is_shown()
    {
        Programs.Require("tmux");
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);
        await using var screen = await StartAsync(server);
        await screen.WaitForAsync("#tea (2)", "ada came into #tea");

        await bob.SayAsync("#tea", "hello \e[2J\e]0;owned\a\u202Eada\x03" + "4!");
        await screen.WaitForAsync(@"<bob> hello \e[2J\e]0;owned\x07\u202Eada!");
        await screen.TypeAsync("bo");
        await screen.PressAsync("Tab");
        await screen.TypeAsync("hi");
        await screen.PressAsync("Enter");
        Assert.Equal("bob: hi", await HearAsync(bob));
        await bob.SayAsync("ada", "psst");
        await screen.WaitForAsync("3:bob(1)");
        await screen.PressAsync("M-3");
        await screen.WaitForAsync("[3:bob]", "<bob> psst");
        await screen.TypeAsync("/quit");
        await screen.PressAsync("Enter");

        await screen.WaitForAsync("left 0", "restored");
    }

    [Fact]
    public async Task Another_size_is_another_picture_and_a_long_paste_is_sent_only_with_enter()
    {
        Programs.Require("tmux");
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);
        await using var screen = await StartAsync(server);
        await screen.WaitForAsync("#tea (2)");
        await bob.SayAsync("#tea", "a text of more words than a narrow screen has room for in one row");

        await screen.ResizeAsync(40, 12);
        var narrow = await screen.WaitForAsync("  narrow screen has room for in one row");
        Assert.All(narrow.Split('\n'), row => Assert.InRange(row.Length, 0, 40));
        await screen.PasteAsync("one\ntwo\nthree");
        await screen.WaitForAsync("3 lines were pasted", "one⏎two⏎three");
        await screen.PressAsync("Enter");

        Assert.Equal("one", await HearAsync(bob));
        Assert.Equal("two", await HearAsync(bob));
        Assert.Equal("three", await HearAsync(bob));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_it_in_order_and_the_terminal_is_as_before(string signal, int code)
    {
        Programs.Require("tmux");
        await using var server = await Ngircd.StartAsync();
        await using var bob = await BobAsync(server);
        await using var screen = await StartAsync(server);
        await screen.WaitForAsync("#tea (2)");

        if (signal == "INT")
        {
            await screen.PressAsync("C-c");
        }
        else
        {
            await screen.TypeAsync("half a line");
            await screen.WaitForAsync("half a line");
            await screen.SignalAsync(signal);
        }

        await screen.WaitForAsync($"left {code}", "restored");
        Assert.Equal("ada", (await bob.NextAsync<ChatQuit>()).Nick);
    }

    private static async Task<ChatClient> BobAsync(Ngircd server)
    {
        var bob = await ChatClient.ConnectAsync(server.Endpoint, new ChatClientOptions { Nick = "bob" });
        await bob.JoinAsync("#tea").Soon();
        return bob;
    }

    private static Task<TmuxScreen> StartAsync(Ngircd server) => TmuxScreen.StartAsync(
        $"$switchboard chat {server.Endpoint} --nick ada --join tea; echo \"left $?\"; "
        + "stty -a | grep -q ' icanon iexten echo ' && echo restored; cat");

    private static async Task<string> HearAsync(ChatClient client)
    {
        while (true)
        {
            if (await client.NextAsync<ChatSaid>() is { Nick: "ada" } said)
            {
                return said.Text;
            }
        }
    }
}
