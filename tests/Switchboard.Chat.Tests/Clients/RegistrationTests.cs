using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Clients;

public class RegistrationTests
{
    [Fact]
    public async Task A_client_says_what_it_can_use_and_who_it_is()
    {
        await using var server = await ScriptedServer.StartAsync();
        var options = new ChatClientOptions
        {
            Nick = "ada", User = "a.l!", RealName = "Ada Lovelace", ServerPassword = "let me",
        };
        var connecting = ChatClient.ConnectAsync(server.Endpoint, options);
        await server.AcceptAsync();

        Assert.Equal("CAP LS 302", await server.HearAsync());
        Assert.Equal("PASS :let me", await server.HearAsync());
        Assert.Equal("NICK ada", await server.HearAsync());
        Assert.Equal("USER al 0 * :Ada Lovelace", await server.HearAsync());
        await server.SendAsync(":s CAP * LS * :server-time other=1 sasl=PLAIN", ":s CAP * LS :echo-message");
        Assert.Equal("CAP REQ :server-time echo-message", await server.HearAsync());
        await server.SendAsync(":s CAP * ACK :server-time echo-message");
        Assert.Equal("CAP END", await server.HearAsync());
        await server.WelcomeAsync("ada", "NETWORK=Test");
        await using var client = await connecting.Soon();

        Assert.Equal("ada", client.Nick);
        Assert.Equal("Test", client.Support.Network);
        Assert.Equal(["echo-message", "server-time"], client.Support.Capabilities.Order());
    }

    [Fact]
    public async Task A_server_that_knows_nothing_of_capabilities_is_good_enough()
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(server.Endpoint, new ChatClientOptions { Nick = "ada" });
        await server.AcceptAsync();
        await server.ExpectAsync("USER");

        await server.SendAsync(":s 421 * CAP :Unknown command", "PING :x y");
        Assert.Equal("PONG :x y", await server.HearAsync());
        await server.WelcomeAsync("ada");

        await using var client = await connecting.Soon();
        Assert.Empty(client.Support.Capabilities);
    }

    [Fact]
    public async Task A_password_signs_in_before_anything_else()
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(
            server.Endpoint, new ChatClientOptions { Nick = "ada", Account = "lovelace", Password = "sécret" });
        await server.AcceptAsync();
        await server.ExpectAsync("USER");
        await server.SendAsync(":s CAP * LS :sasl=EXTERNAL,PLAIN");
        Assert.Equal("CAP REQ sasl", await server.HearAsync());
        await server.SendAsync(":s CAP * ACK :sasl");
        Assert.Equal("AUTHENTICATE PLAIN", await server.HearAsync());
        await server.SendAsync("AUTHENTICATE +");
        var said = (await server.HearAsync()).Split(' ')[1];

        Assert.Equal("lovelace\0lovelace\0sécret", Encoding.UTF8.GetString(Convert.FromBase64String(said)));
        await server.SendAsync(":s 900 ada ada!u@h lovelace :Logged in", ":s 903 ada :Signed in");
        Assert.Equal("CAP END", await server.HearAsync());
        await server.WelcomeAsync("ada");
        await using var client = await connecting.Soon();
    }

    [Theory]
    [InlineData(300)]
    [InlineData(299)]
    [InlineData(600)]
    public async Task A_long_password_goes_in_pieces_and_its_end_is_told(int bytes)
    {
        await using var server = await ScriptedServer.StartAsync();
        var password = new string('p', bytes - 6);
        var connecting = ChatClient.ConnectAsync(
            server.Endpoint, new ChatClientOptions { Nick = "ad", Password = password });
        await server.AcceptAsync();
        await server.ExpectAsync("USER");
        await server.SendAsync(":s CAP * LS :sasl", ":s CAP * ACK :sasl", "AUTHENTICATE +");
        await server.ExpectAsync("AUTHENTICATE PLAIN");

        var text = "";
        string piece;
        do
        {
            piece = (await server.HearAsync()).Split(' ')[1];
            text += piece == "+" ? "" : piece;
        }
        while (piece.Length == 400);

        Assert.Equal($"ad\0ad\0{password}", Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        await server.DropAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => connecting.Soon());
    }

    [Theory]
    [InlineData("server-time", "CAP REQ server-time")]
    [InlineData("sasl=EXTERNAL", null)]
    public async Task Without_a_way_to_sign_in_a_password_is_not_left_out_in_silence(string offered, string? asked)
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(
            server.Endpoint, new ChatClientOptions { Nick = "ada", Password = "x" });
        await server.AcceptAsync();
        await server.ExpectAsync("USER");
        await server.SendAsync($":s CAP * LS :{offered}");
        if (asked is not null)
        {
            // Who asks for nothing leaves at once, and takes no answer.
            Assert.Equal(asked, await server.HearAsync());
            await server.SendAsync(":s CAP * ACK :server-time");
        }

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => connecting.Soon());

        Assert.Equal("CAP", refused.Code);
    }

    [Theory]
    [InlineData(":s 904 ada :Wrong password", "904")]
    [InlineData(":s 464 ada :Password incorrect", "464")]
    [InlineData("ERROR :Closing Link: banned", "ERROR")]
    [InlineData(":s 432 * ada :Erroneous nickname", "432")]
    public async Task Who_is_not_let_in_learns_why(string line, string code)
    {
        await using var server = await ScriptedServer.StartAsync();
        var connecting = ChatClient.ConnectAsync(server.Endpoint, new ChatClientOptions { Nick = "ada" });
        await server.AcceptAsync();
        await server.SendAsync(line);

        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => connecting.Soon());

        Assert.Equal(code, refused.Code);
        Assert.Contains(line[(line.LastIndexOf(':') + 1)..], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nick_in_use_is_tried_with_underscores_and_then_with_digits()
    {
        await using var server = await ScriptedServer.StartAsync();
        var options = new ChatClientOptions { Nick = "lovelace", Chance = new Random(1) };
        var connecting = ChatClient.ConnectAsync(server.Endpoint, options);
        await server.AcceptAsync();
        await server.ExpectAsync("USER");
        foreach (var next in (string[])["lovelace_", "lovelace__", "lovelace___"])
        {
            await server.SendAsync(":s 433 * x :Nickname is already in use");
            Assert.Equal($"NICK {next}", await server.HearAsync());
        }

        await server.SendAsync(":s 433 * x :Nickname is already in use");
        Assert.Matches("^NICK lovela[0-9]+$", await server.HearAsync());
        await server.WelcomeAsync("lovela7");

        await using var client = await connecting.Soon();
        Assert.Equal("lovela7", client.Nick);
    }

    [Fact]
    public async Task Who_wants_one_nick_or_none_is_told_that_it_is_in_use()
    {
        await using var server = await ScriptedServer.StartAsync();
        var options = new ChatClientOptions { Nick = "ada", MaxNickAttempts = 1 };
        var connecting = ChatClient.ConnectAsync(server.Endpoint, options);
        await server.AcceptAsync();
        await server.SendAsync(":s 433 * ada :Nickname is already in use");

        Assert.Equal("433", (await Assert.ThrowsAsync<ChatRefusedException>(() => connecting.Soon())).Code);
    }
}
