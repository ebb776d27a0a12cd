using System.Net.WebSockets;
using System.Text;
using Switchboard.Chat;

namespace Switchboard.Cli.WebChat;

/// <summary>A client of the chat at the other end of a WebSocket. It is told why it ends by its close code.</summary>
internal sealed class WebSocketPeer : IChatPeer, IAsyncDisposable
{
    // What the reason of a close may hold (RFC 6455, 5.5).
    private const int MaxReasonBytes = 123;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly MessageReader _reader;
    private readonly MessageQueue _queue;
    private readonly Task _sending;
    private readonly CancellationToken _stopping;
    private Task<ReadOnlyMemory<byte>?>? _receiving;
    private string _reason = "";
    private bool _isFinished;
    private bool _isAgreed;

    /// <param name="socket">Both ways are this peer's own from here on; whoever accepted it disposes it.</param>
    /// <param name="visitor">Who is at its other end.</param>
    /// <param name="limits">How much may wait to be sent.</param>
    /// <param name="time">Bounds how long closing may take.</param>
    /// <param name="stopping">Cancelled when the server stops, so that clients know to come again.</param>
    public WebSocketPeer(
        WebSocket socket, ChatVisitor visitor, ChatLimits limits, TimeProvider time, CancellationToken stopping)
    {
        var agreed = SubProtocols.KindOf(socket.SubProtocol);
        _socket = socket;
        _time = time;
        _stopping = stopping;
        _isAgreed = agreed is not null;
        _reader = new MessageReader(socket, agreed);
        _queue = new MessageQueue(socket, limits.MaxPendingBytes) { Kind = agreed ?? WebSocketMessageType.Text };
        _sending = _queue.SendAllAsync();
        Host = visitor.Host;
        IsEncrypted = visitor.IsEncrypted;
        Certificate = visitor.Certificate;
    }

    public string Host { get; }

    public bool IsEncrypted { get; }

    public string? Certificate { get; }

    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        // A WebSocket whose receive is cancelled is aborted, so the receive goes on, and only the wait for it ends.
        _receiving = _reader.ReceiveAsync();
        var line = await _receiving.WaitAsync(cancellationToken);
        _isFinished = line is not { } words || IsQuit(words.Span);
        AgreeOnKind();
        return line;
    }

    public bool TrySend(ReadOnlyMemory<byte> line) => _queue.TryTake(line.Span);

    public void SendLast(ReadOnlyMemory<byte> line)
    {
        _reason = ChatMessage.TryParse(line.Span, out var message) && message!.Parameters is [.., var last] ? last : "";
        _queue.TakeLast(line.Span);
    }

    /// <summary>Sends what was taken, closes, and waits a little for the peer to close too.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        using var late = new CancellationTokenSource(CloseTimeout, _time);
        try
        {
            await CloseAsync(late.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException
            or InvalidOperationException)
        {
            // It left by itself, or takes nothing any more.
            _socket.Abort();
        }

        await _sending;
    }

    private static bool IsQuit(ReadOnlySpan<byte> line) =>
        ChatMessage.TryParse(line, out var message) && message!.Command == "QUIT";

    /// <summary>Who agreed on nothing is answered in the kind of its own messages.</summary>
    private void AgreeOnKind()
    {
        if (!_isAgreed && !_isFinished)
        {
            _isAgreed = true;
            _queue.Kind = _reader.Kind;
        }
    }

    private async Task CloseAsync(CancellationToken late)
    {
        await _sending.WaitAsync(late);
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(Status(), Cut(_reason), late);
        }

        // What was under way goes on, whatever becomes of it; what still comes is dropped until the peer closes, too.
        await ((Task?)_receiving ?? Task.CompletedTask).WaitAsync(late)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_socket.State == WebSocketState.CloseSent)
        {
            await _reader.DropAllAsync().WaitAsync(late);
        }
    }

    private WebSocketCloseStatus Status() => _reader.Fault
        ?? (_stopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable
            : _isFinished ? WebSocketCloseStatus.NormalClosure
            : WebSocketCloseStatus.PolicyViolation);

    private static string Cut(string reason)
    {
        while (Encoding.UTF8.GetByteCount(reason) > MaxReasonBytes)
        {
            reason = reason[..^1];
        }

        return reason;
    }
}
