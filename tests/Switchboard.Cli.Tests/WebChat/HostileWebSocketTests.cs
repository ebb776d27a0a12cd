using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>What strangers try with a WebSocket, and that the others see nothing of it.</summary>
public sealed class HostileWebSocketTests
{
    [Fact]
    public async Task A_message_that_is_too_long_is_refused_before_it_ends()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann");

        await client.SendPieceAsync(Encoding.ASCII.GetBytes(new string('x', 16 * 1024)));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await client.ReceiveCloseAsync()).Status);
    }

    [Fact]
    public async Task A_message_in_endless_empty_pieces_is_refused()
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann");
        var close = client.ReceiveCloseAsync();

        for (var pieces = 0; pieces < 1024; pieces++)
        {
            await client.SendPieceAsync([]);
        }

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await close).Status);
    }

    [Theory]
    [InlineData("text.ircv3.net", WebSocketMessageType.Binary)]
    [InlineData("binary.ircv3.net", WebSocketMessageType.Text)]
    public async Task A_message_of_the_other_kind_is_refused(string agreed, WebSocketMessageType sent)
    {
        await using var chat = await ChatRun.StartAsync();
        var client = await chat.ArriveAsync("ann", agreed);

        await client.SendAsync("PING x"u8.ToArray(), sent);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, (await client.ReceiveCloseAsync()).Status);
    }

    [Fact]
    public async Task Garbage_in_binary_messages_is_answered_and_ends_nothing()
    {
        const int seed = 7342;
        await using var chat = await ChatRun.StartAsync(new Switchboard.Chat.ChatLimits { MaxLineBurst = 1_000_000 });
        var other = await chat.ArriveAsync("bob");
        var client = await chat.ArriveAsync("ann", "binary.ircv3.net");
        var random = new Random(seed);

        for (var count = 0; count < 500; count++)
        {
            var message = new byte[random.Next(600)];
            random.NextBytes(message);
            await client.SendAsync(message, WebSocketMessageType.Binary);
        }

        await client.SendAsync("PING alive");
        Assert.EndsWith(" alive", await client.ReceiveUntilAsync("PONG"), StringComparison.Ordinal);
        await other.SendAsync("PING too");
        Assert.Equal(":irc.test PONG irc.test too", await other.ReceiveAsync());
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_ends_as_WebSockets_say()
    {
        await using var chat = await ChatRun.StartAsync();
        await using var raw = await RawAsync(chat, "Origin: http://127.0.0.1:" + chat.Port);

        await raw.SendAsync(new byte[] { 0x81, 0x82, 0, 0, 0, 0, 0xC3, 0x28 });

        Assert.Equal((int)WebSocketCloseStatus.InvalidPayloadData, await CloseCodeAsync(raw));
    }

    [Theory]
    [InlineData("an unmasked frame", new byte[] { 0x81, 0x06, 1, 2, 3, 4, 5, 6 })]
    [InlineData("a reserved bit", new byte[] { 0xC1, 0x80, 0, 0, 0, 0 })]
    [InlineData("an unknown operation", new byte[] { 0x83, 0x80, 0, 0, 0, 0 })]
    [InlineData("a long control frame", new byte[] { 0x89, 0xFE, 0x01, 0x00, 0, 0, 0, 0 })]
    [InlineData("a continuation of nothing", new byte[] { 0x80, 0x80, 0, 0, 0, 0 })]
    [InlineData("a length below zero", new byte[] { 0x81, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 })]
    public async Task A_broken_frame_ends_that_client_alone(string what, byte[] frame)
    {
        await using var chat = await ChatRun.StartAsync();
        var other = await chat.ArriveAsync("bob");
        await using var raw = await RawAsync(chat, "Accept: " + what.Replace(' ', '-'));

        await raw.SendAsync(frame);

        Assert.Equal((int)WebSocketCloseStatus.ProtocolError, await CloseCodeAsync(raw));
        await other.SendAsync("PING x");
        Assert.Equal(":irc.test PONG irc.test x", await other.ReceiveAsync());
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("file://")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("garbage")]
    public async Task Pages_of_other_sites_do_not_get_in(string origin)
    {
        await using var chat = await ChatRun.StartAsync();

        Assert.StartsWith("HTTP/1.1 403 ", await AskAsync(chat, $"Origin: {origin}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_was_made_to_lead_here_does_not()
    {
        await using var chat = await ChatRun.StartAsync();

        var answer = await AskAsync(chat, "Origin: http://evil.example", host: "evil.example");

        Assert.StartsWith("HTTP/1.1 421 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_that_come_from_no_page_get_in()
    {
        await using var chat = await ChatRun.StartAsync();

        Assert.StartsWith("HTTP/1.1 101 ", await AskAsync(chat, "Accept: */*"), StringComparison.Ordinal);
    }

    private static async Task<Connection> RawAsync(ChatRun chat, string header)
    {
        var connection = await Connection.ConnectAsync($"tcp://127.0.0.1:{chat.Port}");
        await connection.SendAsync(Request(chat, header, $"127.0.0.1:{chat.Port}"));
        Assert.StartsWith("HTTP/1.1 101 ", await HeadersAsync(connection), StringComparison.Ordinal);
        return connection;
    }

    private static async Task<string> AskAsync(ChatRun chat, string header, string? host = null)
    {
        await using var connection = await Connection.ConnectAsync($"tcp://127.0.0.1:{chat.Port}");
        await connection.SendAsync(Request(chat, header, host ?? $"127.0.0.1:{chat.Port}"));
        return await HeadersAsync(connection);
    }

    private static byte[] Request(ChatRun chat, string header, string host) => Encoding.Latin1.GetBytes(
        $"GET /irc HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + $"Sec-WebSocket-Protocol: text.ircv3.net\r\n{header}\r\n\r\n");

    private static async Task<string> HeadersAsync(Connection connection)
    {
        var headers = new StringBuilder();
        var one = new byte[1];
        while (!headers.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await connection.ReceiveAsync(one).AsTask().Soon() == 1)
        {
            headers.Append((char)one[0]);
        }

        return headers.ToString();
    }

    /// <summary>Reads frames up to the close, and gives its code.</summary>
    private static async Task<int> CloseCodeAsync(Connection connection)
    {
        while (true)
        {
            var start = new byte[2];
            await connection.ReceiveExactlyAsync(start).AsTask().Soon();
            var length = (int)start[1];
            if (length == 126)
            {
                var more = new byte[2];
                await connection.ReceiveExactlyAsync(more).AsTask().Soon();
                length = BinaryPrimitives.ReadUInt16BigEndian(more);
            }

            var payload = new byte[length];
            await connection.ReceiveExactlyAsync(payload).AsTask().Soon();
            if ((start[0] & 0x0F) == 8)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(payload);
            }
        }
    }
}
