using System.Net.WebSockets;
using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>A client that sends and receives messages of a WebSocket as lines.</summary>
internal sealed class WebSocketClient : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    private WebSocketClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    /// <summary>Of the last message.</summary>
    public WebSocketMessageType Kind { get; private set; }

    public static async Task<WebSocketClient> ConnectAsync(int port, Action<ClientWebSocketOptions>? change = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.CollectHttpResponseDetails = true;
        change?.Invoke(socket.Options);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/irc"), CancellationToken.None).Soon();
        }
        catch (WebSocketException refused)
        {
            throw new InvalidOperationException($"{(int)socket.HttpStatusCode}", refused);
        }

        return new WebSocketClient(socket);
    }

    public Task SendAsync(string line) => SendAsync(
        Encoding.UTF8.GetBytes(line),
        Socket.SubProtocol == "binary.ircv3.net" ? WebSocketMessageType.Binary : WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType kind) =>
        Socket.SendAsync(message, kind, endOfMessage: true, CancellationToken.None).Soon();

    /// <summary>Sends a piece of a text message that is not the last.</summary>
    public Task SendPieceAsync(byte[] piece) =>
        Socket.SendAsync(piece, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None).Soon();

    /// <summary>The next message; null when the server has closed.</summary>
    public async Task<string?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await Socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None).AsTask().Soon();
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            Kind = part.MessageType;
            length += part.Count;
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>The first message with this word among its first.</summary>
    public async Task<string> ReceiveUntilAsync(string word)
    {
        while (await ReceiveAsync() is { } line)
        {
            if (line.Split(' ').Take(3).Contains(word))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"No {word}, but {Socket.CloseStatus}: {Socket.CloseStatusDescription}");
    }

    /// <summary>Reads to the close of the server.</summary>
    public async Task<(WebSocketCloseStatus? Status, string? Reason)> ReceiveCloseAsync()
    {
        while (await ReceiveAsync() is not null)
        {
        }

        return (Socket.CloseStatus, Socket.CloseStatusDescription);
    }

    public void Dispose() => Socket.Dispose();
}
