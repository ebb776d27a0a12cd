using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>Connections that change from requests to messages both ways.</summary>
public sealed class WebSocketTests
{
    [Theory]
    [MemberData(nameof(WebTransports.All), MemberType = typeof(WebTransports))]
    public async Task Messages_go_both_ways_until_both_ends_have_closed(WebTransport transport)
    {
        await using var run = await WebRun.StartAsync(transport, EchoAsync);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(run.Address) { Scheme = "ws" }.Uri, CancellationToken.None).Soon();

        var large = new byte[200_000];
        Array.Fill(large, (byte)'x');
        foreach (var message in (byte[][])["hello"u8.ToArray(), [], large])
        {
            await client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, default).Soon();
            Assert.Equal(message, await ReceiveAsync(client));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None).Soon();
        Assert.Equal((WebSocketState.Closed, "done"), (client.State, client.CloseStatusDescription));
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        while (await ReceiveAsync(socket) is { } message)
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, http.RequestAborted);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, socket.CloseStatusDescription, http.RequestAborted);
    }

    private static async Task<byte[]?> ReceiveAsync(WebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Soon();
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            await message.WriteAsync(buffer.AsMemory(0, part.Count));
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
