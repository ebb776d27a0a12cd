using Switchboard.Connections;

namespace Switchboard;

/// <summary>
/// A connection that speaks in frames. One caller receives at a time; any number may send at once, and each frame goes
/// out whole and in one piece.
/// </summary>
/// <remarks>
/// Answers are batched: while further frames have already arrived, what is sent is held, and goes out together when
/// the receiver next waits, when 64 KiB have gathered, or a moment later in any case. Otherwise a frame goes out at
/// once.
/// </remarks>
public sealed class FramedConnection : IAsyncDisposable
{
    private readonly FrameReceiver _receiver;
    private readonly FrameSender _sender;

    internal FramedConnection(Connection connection, Framing framing)
    {
        Connection = connection;
        _receiver = new FrameReceiver(connection, framing);
        _sender = new FrameSender(connection, framing, _receiver);
    }

    /// <summary>The connection underneath. It stays open when this object is disposed.</summary>
    public Connection Connection { get; }

    /// <summary>Receives the next frame.</summary>
    /// <param name="cancellationToken">Ends the wait; nothing is lost, and the next call goes on.</param>
    /// <returns>
    /// The frame, borrowed until the next receive or the disposal; null when the peer has finished sending after a
    /// whole frame.
    /// </returns>
    /// <exception cref="FramingException">
    /// The peer's bytes break the framing; no further frame can be found.
    /// </exception>
    /// <exception cref="TruncatedFrameException">The peer finished sending in the middle of a frame.</exception>
    /// <exception cref="InvalidOperationException">Another receive is running.</exception>
    /// <exception cref="ObjectDisposedException">This end has closed the connection.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        _receiver.ReceiveAsync(_sender, cancellationToken);

    /// <inheritdoc cref="FrameReceiver.TryBegin"/>
    internal bool TryBeginReceive(out ReadOnlyMemory<byte> frame) => _receiver.TryBegin(out frame);

    /// <inheritdoc cref="FrameReceiver.WaitForFrameAsync"/>
    internal ValueTask<bool> WaitForFrameAsync(
        Func<ReadOnlyMemory<byte>?, bool> show,
        CancellationToken cancellationToken) =>
        _receiver.WaitForFrameAsync(_sender, show, cancellationToken);

    /// <summary>
    /// Sends one frame: the whole of it or, if this throws an <see cref="ArgumentException"/>, nothing.
    /// </summary>
    /// <param name="frame">The frame without framing bytes; not to be changed until the call has ended.</param>
    /// <param name="cancellationToken">Ends the wait. The frame still goes out whole, or not at all.</param>
    /// <exception cref="FrameTooLargeException">The frame is longer than the framing allows.</exception>
    /// <exception cref="ArgumentException">The receiver would not find this frame again in the bytes.</exception>
    /// <exception cref="InvalidOperationException">Sending was completed.</exception>
    /// <exception cref="ObjectDisposedException">This end has closed the connection.</exception>
    /// <exception cref="ConnectionException">
    /// The peer or the network broke the connection; frames that were held may be lost with it.
    /// </exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) =>
        _sender.SendAsync(frame, cancellationToken);

    /// <summary>
    /// Takes a frame for sending if nothing waits to be sent, or if with it no more than
    /// <see cref="ConnectionOptions.MaxPendingSendBytes"/> do, and does not wait itself: for a sender with many
    /// receivers, who must not wait for the slowest.
    /// </summary>
    /// <param name="frame">The frame without framing bytes; copied before the call returns.</param>
    /// <returns>
    /// False when the frame was not taken: the peer is too slow, or the connection has ended, or these frames were
    /// disposed. Which of them, a send would tell.
    /// </returns>
    /// <exception cref="FrameTooLargeException">The frame is longer than the framing allows.</exception>
    /// <exception cref="ArgumentException">The receiver would not find this frame again in the bytes.</exception>
    /// <exception cref="InvalidOperationException">Sending was completed.</exception>
    public bool TrySend(ReadOnlyMemory<byte> frame) => _sender.TrySend(frame);

    /// <summary>Completes when every frame taken so far is with the operating system.</summary>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <inheritdoc cref="SendAsync" path="/exception" />
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        _sender.FlushAsync(cancellationToken);

    /// <summary>Sends what waits and then tells the peer that no more frames will come; receiving goes on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="SendAsync" path="/exception" />
    public ValueTask CompleteSendingAsync(CancellationToken cancellationToken = default) =>
        _sender.CompleteSendingAsync(cancellationToken);

    /// <summary>
    /// Yields each frame until the peer finishes sending. It is valid until the next one is asked for.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for a frame.</param>
    /// <inheritdoc cref="ReceiveAsync" path="/exception" />
    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReceiveAllAsync(CancellationToken cancellationToken = default) =>
        new FrameSequence(this, cancellationToken);

    /// <summary>
    /// Sends what waits, as far as the connection still works and its peer takes it within
    /// <see cref="ConnectionOptions.CloseTimeout"/>, and gives unread bytes back to the connection: at once, or when a
    /// receive that still runs has ended. Call <see cref="FlushAsync"/> before to learn of a failure. Borrowed frames
    /// end here.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var options = Connection.Options;
        _sender.TakeNoMore();
        try
        {
            await _sender.FlushQuietlyAsync()
                .WaitAsync(options.CloseTimeout, options.TimeProvider)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Closing the connection cuts off what still waits, and resets it, so that nobody takes it for a whole.
        }

        _receiver.Release();
    }
}
