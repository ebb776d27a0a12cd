using System.Net.WebSockets;
using System.Text;
using Switchboard.Chat;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>Lines as messages of a WebSocket (IRCv3 WebSocket).</summary>
public sealed class WebSocketTests
{
    [Theory]
    [InlineData("text.ircv3.net", WebSocketMessageType.Text)]
    [InlineData("binary.ircv3.net", WebSocketMessageType.Binary)]
    public async Task Each_line_is_one_message_of_the_kind_that_was_agreed_on(string name, WebSocketMessageType kind)
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann", name);

        await client.SendAsync("PING hello");

        Assert.Equal(":irc.test PONG irc.test hello", await client.ReceiveAsync());
        Assert.Equal((name, kind), (client.Socket.SubProtocol, client.Kind));
    }

    [Theory]
    [InlineData(new[] { "binary.ircv3.net", "text.ircv3.net" }, "binary.ircv3.net")]
    [InlineData(new[] { "text.ircv3.net", "binary.ircv3.net" }, "text.ircv3.net")]
    [InlineData(new[] { "chat", "text.ircv3.net" }, "text.ircv3.net")]
    public async Task The_client_has_what_it_likes_best(string[] asked, string agreed)
    {
        await using var chat = await ChatRun.StartAsync();

        var client = await chat.ConnectAsync(asked);

        Assert.Equal(agreed, client.Socket.SubProtocol);
    }

    [Fact]
    public async Task Who_asks_for_other_subprotocols_is_told_which_there_are()
    {
        await using var chat = await ChatRun.StartAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => chat.ConnectAsync("soap"));

        Assert.Equal("400", refused.Message);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task Who_agrees_on_nothing_is_answered_in_its_own_kind(WebSocketMessageType kind)
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ConnectAsync();

        await client.SendAsync("CAP LS 302"u8.ToArray(), kind);

        Assert.Contains("CAP * LS", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(kind, client.Kind);
    }

    [Fact]
    public async Task A_line_may_come_in_pieces_and_with_an_ending_that_does_not_belong_there()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann");

        await client.SendPieceAsync("PI"u8.ToArray());
        await client.SendPieceAsync([]);
        await client.SendAsync("NG x\r\n");

        Assert.Equal(":irc.test PONG irc.test x", await client.ReceiveAsync());
    }

    [Fact]
    public async Task People_of_a_WebSocket_and_of_a_connection_talk_in_one_room()
    {
        await using var chat = await ChatRun.StartAsync();
        var web = await chat.ArriveAsync("ann");
        await web.SendAsync("JOIN #tea");
        await web.ReceiveUntilAsync("366");
        await using var server = await Server.StartAsync("tcp://127.0.0.1:0", chat.Chat.ServeAsync);
        await using var connection = await Connection.ConnectAsync(server.Local);
        await connection.SendAsync("NICK bob\r\nUSER bob 0 * :bob\r\nJOIN #tea\r\nPRIVMSG #tea :grüße\r\n"u8.ToArray());

        Assert.Equal(":bob!~bob@127.0.0.1 PRIVMSG #tea :grüße", await web.ReceiveUntilAsync("PRIVMSG"));
    }

    [Fact]
    public async Task Quitting_closes_with_the_reason_and_nothing_wrong()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann");

        await client.SendAsync("QUIT :to bed");

        Assert.Equal(
            (WebSocketCloseStatus.NormalClosure, "Closing link: ann[127.0.0.1] (Quit: to bed)"),
            await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Stopping_tells_every_client_and_waits_for_none()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann");
        var close = client.ReceiveCloseAsync();

        var drained = await chat.StopAsync().Soon();

        Assert.Equal(
            (WebSocketCloseStatus.EndpointUnavailable, "Closing link: ann[127.0.0.1] (Server is shutting down)"),
            await close);
        Assert.Equal(0, drained.Aborted);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_let_go_and_others_are_not_held_up()
    {
        await using var chat = await ChatRun.StartAsync(
            new ChatLimits { MaxPendingBytes = 64 * 1024, MaxLineBurst = 1_000_000 });
        var (slow, fast, third) =
            (await chat.ArriveAsync("slow"), await chat.ArriveAsync("fast"), await chat.ArriveAsync("third"));
        foreach (var client in new[] { slow, fast, third })
        {
            await client.SendAsync("JOIN #tea");
            await client.ReceiveUntilAsync("366");
        }

        // The slow one alone gets long lines, and reads none of them.
        await slow.SendAsync("CAP REQ message-tags");
        await slow.ReceiveUntilAsync("CAP");
        await fast.SendAsync("CAP REQ message-tags");
        var tags = "@+long=" + new string('x', 3_900);
        string? heard;
        do
        {
            await fast.SendAsync($"{tags} PRIVMSG #tea :x");
            heard = await third.ReceiveAsync();
        }
        while (heard is not null && !heard.Contains("QUIT", StringComparison.Ordinal));

        Assert.Equal(":slow!~slow@127.0.0.1 QUIT :SendQ exceeded", heard);
    }

    [Fact]
    public async Task A_text_client_gets_text_even_where_somebody_sent_none()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann", "binary.ircv3.net");

        await client.SendAsync([.. "PRIVMSG ann :"u8, 0xFF, 0xFE], WebSocketMessageType.Binary);

        var answer = await client.ReceiveAsync();
        Assert.Equal(answer, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(answer!)));
        Assert.Contains("UTF-8", answer, StringComparison.Ordinal);
    }
}
