using System.Net.WebSockets;

namespace Switchboard.Cli.WebChat;

/// <summary>Receives lines from a WebSocket, each of which is one message (IRCv3 WebSocket).</summary>
/// <param name="socket">Only read from here.</param>
/// <param name="only">The one kind of message that was agreed on; null for either.</param>
internal sealed class MessageReader(WebSocket socket, WebSocketMessageType? only)
{
    /// <summary>As with the other ways in: more than any line that can be understood.</summary>
    public const int MaxLineBytes = 16 * 1024;

    // Most lines fit in, and an idle client holds no more than this.
    private const int UsualBytes = 1024;

    // A message may come in pieces, and pieces may be empty: without this bound it would never have to end.
    private const int MaxPieces = 1024;

    private byte[] _buffer = new byte[UsualBytes];

    /// <summary>What was wrong with what came, as the peer is to be told; null if nothing was.</summary>
    public WebSocketCloseStatus? Fault { get; private set; }

    /// <summary>The kind of the last message.</summary>
    public WebSocketMessageType Kind { get; private set; } = WebSocketMessageType.Text;

    /// <summary>Receives the next line.</summary>
    /// <returns>Valid until the next receive; null when the peer has closed.</returns>
    /// <exception cref="FramingException">It is too long.</exception>
    /// <exception cref="ConnectionException">The connection broke, or it is of the wrong kind.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        try
        {
            return await ReceiveMessageAsync();
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // A broken WebSocket answers by itself, where the peer is to be told what it did wrong.
            throw error is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted }
                ? Broken("the peer broke the protocol", error)
                : new ConnectionResetException("receive", null, null, "the peer left without closing", error);
        }
    }

    /// <summary>Drops what comes until the peer closes.</summary>
    public async Task DropAllAsync()
    {
        while ((await socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None)).MessageType
            != WebSocketMessageType.Close)
        {
        }
    }

    private static ConnectionException Broken(string problem, Exception? error = null) =>
        new("receive", local: null, remote: null, problem, error);

    private async Task<ReadOnlyMemory<byte>?> ReceiveMessageAsync()
    {
        _buffer = _buffer.Length > UsualBytes ? new byte[UsualBytes] : _buffer;
        var length = 0;
        for (var pieces = 1; ; pieces++)
        {
            var piece = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (piece.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            ThrowIfWrongKind(piece.MessageType);
            length += piece.Count;
            if (piece.EndOfMessage)
            {
                return _buffer.AsMemory(0, length).TrimEnd("\r\n"u8);
            }

            ThrowIfTooLong(length, pieces);
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, Math.Min(length * 2, MaxLineBytes));
            }
        }
    }

    private void ThrowIfWrongKind(WebSocketMessageType kind)
    {
        Kind = kind;
        if (kind != (only ?? kind))
        {
            Fault = WebSocketCloseStatus.InvalidMessageType;
            throw Broken($"{SubProtocols.NameOf(only!.Value)} has no {SubProtocols.WordOf(kind)} messages");
        }
    }

    private void ThrowIfTooLong(int length, int pieces)
    {
        if (length == MaxLineBytes || pieces == MaxPieces)
        {
            Fault = WebSocketCloseStatus.MessageTooBig;
            throw new FramingException($"The line is longer than {MaxLineBytes} bytes, or in too many pieces.");
        }
    }
}
