using Switchboard.Connections;
using Switchboard.Observing;

namespace Switchboard;

public sealed partial class Connection
{
    private const int DrainBufferBytes = 16 * 1024;
    private const int MaxDrainBytes = 64 * 1024 * 1024;

    private TaskCompletionSource<ConnectionEnd>? _closed;
    private ConnectionEnd? _end;
    private EndCause? _cause;
    private int _closing;
    private ConnectionException? _brokenBy;
    private volatile bool _isBroken;
    private FrameSender? _frames;

    /// <summary>
    /// Completes, never with an exception, once this end has closed the connection, in order or not, and says why it
    /// ended. A peer that has gone shows first in the receive or the send that meets it.
    /// </summary>
    public Task<ConnectionEnd> Closed => WhenClosed();

    /// <summary>
    /// Ends the connection at once: the peer sees a reset, and whatever runs here ends with
    /// <see cref="ObjectDisposedException"/>. May be called at any time and from anywhere; only the first end counts.
    /// </summary>
    /// <remarks>
    /// Unix sockets have no reset: unless bytes were left unread here, their peer sees an end like any other, and only
    /// a framing that knows where frames end tells it that something is missing.
    /// </remarks>
    public void Abort() => Abort(EndReason.Aborted, error: null);

    /// <summary>
    /// Aborts for a reason. Operations then throw a <see cref="ConnectionException"/> as it is; of any other they only
    /// say that this end has closed: to whoever uses the connection beside a handler, its exception means nothing.
    /// </summary>
    internal void Abort(EndReason reason, Exception? error)
    {
        NoteCause(reason, error);
        BreakAll(error as ConnectionException);
        _ = _receiving.CloseAsync();
        _ = _sending.CloseAsync();
        Release(_wire.Abort);
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            ReportClosed();
        }
    }

    /// <summary>Whether anything but an end in order has happened to the connection.</summary>
    internal bool EndNoted => Volatile.Read(ref _cause) is not null;

    /// <summary>Keeps the first reason for the connection's end. Operations go on.</summary>
    internal void NoteCause(EndReason reason, Exception? error) =>
        Interlocked.CompareExchange(ref _cause, new EndCause(reason, error), null);

    /// <summary>
    /// Closes in order: waits for a send that runs and for frames that were taken, finishes sending, drops what still
    /// arrives until the peer has finished too, or <see cref="ConnectionOptions.CloseTimeout"/> has passed, and
    /// releases everything. A receive that runs ends with <see cref="ObjectDisposedException"/>. Never throws; a
    /// second call waits for the first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            if (!TryCloseAtOnce())
            {
                await CloseInOrderAsync().ConfigureAwait(false);
            }

            ReportClosed();
        }

        if (Volatile.Read(ref _end) is null)
        {
            await Closed.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Remembers whose frames a close has to wait for; throws when it is too late for that.
    /// </summary>
    internal void TakesFramesOf(FrameSender sender)
    {
        if (Volatile.Read(ref _frames) != sender)
        {
            // In this order: whoever closes says so, and then looks for whose frames it has to wait for.
            Interlocked.Exchange(ref _frames, sender);
        }

        ThrowBroken();
        if (Volatile.Read(ref _closing) != 0)
        {
            throw Disposed();
        }
    }

    /// <summary>How the connection ended. Only once it is closed.</summary>
    internal ConnectionEnd End => Volatile.Read(ref _end)!;

    /// <summary>Closes if there is nothing to wait for: the peer has finished, and nothing runs here.</summary>
    private bool TryCloseAtOnce()
    {
        if (!_peerFinished || !_wire.CloseCompletesSending || Volatile.Read(ref _frames) is not null
            || !_receiving.CloseAsync().IsCompleted || !_sending.CloseAsync().IsCompleted
            || _sendCutShort || _isBroken)
        {
            return false;
        }

        _sendingCompleted = true;
        Release(_wire.Close);
        return true;
    }

    private async ValueTask CloseInOrderAsync()
    {
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        try
        {
            await FinishBothWaysAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The time is up.
        }
#pragma warning disable CA1031 // Closing never throws, whatever a transport from outside does.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Meaning(error, CancellationToken.None);
        }

        // A part that looks like a whole would be worse than a reset.
        if (_sendCutShort || !_sendingCompleted)
        {
            NoteCause(EndReason.Aborted, error: null);
            BreakAll(error: null);
            Release(_wire.Abort);
        }
        else
        {
            Release(_wire.Close);
        }
    }

    private static void Release(Action wire)
    {
        try
        {
            wire();
        }
#pragma warning disable CA1031 // An end is an end, whatever a transport from outside throws.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private async ValueTask FinishBothWaysAsync(CancellationToken deadline)
    {
        var receiverLeft = _receiving.CloseAsync();
        if (!receiverLeft.IsCompleted)
        {
            _wire.CancelReceive();
        }

        if (Volatile.Read(ref _frames) is { } frames)
        {
            await frames.FlushQuietlyAsync().WaitAsync(deadline).ConfigureAwait(false);
            _sendCutShort |= frames.HasLost;
        }

        await _sending.CloseAsync().WaitAsync(deadline).ConfigureAwait(false);
        if (_sendCutShort || _isBroken)
        {
            return;
        }

        if (CanHalfClose)
        {
            await FinishSendingAsync(deadline).ConfigureAwait(false);
            await receiverLeft.WaitAsync(deadline).ConfigureAwait(false);
            await DropWhatArrivesAsync(deadline).ConfigureAwait(false);
            return;
        }

        // The peer cannot be told to finish, too, and so there is nothing to wait for: the close is the end both ways.
        await receiverLeft.WaitAsync(deadline).ConfigureAwait(false);
        _sendingCompleted = true;
    }

    private async ValueTask DropWhatArrivesAsync(CancellationToken deadline)
    {
        if (_peerFinished)
        {
            return;
        }

        var buffer = BufferPool.Rent(DrainBufferBytes);
        try
        {
            for (var dropped = 0; dropped < MaxDrainBytes;)
            {
                var count = await ReceiveToDropAsync(buffer, deadline).ConfigureAwait(false);
                if (count == 0)
                {
                    _peerFinished = true;
                    return;
                }

                dropped += count;
            }
        }
        finally
        {
            BufferPool.Return(buffer);
        }
    }

    private async ValueTask<int> ReceiveToDropAsync(byte[] buffer, CancellationToken deadline)
    {
        try
        {
            return await ReceiveAfterCancelAsync(buffer, deadline).ConfigureAwait(false);
        }
        catch (TlsTruncatedException)
        {
            // Whether all of it came does not matter to who drops it, and many peers answer a close_notify with none.
            return 0;
        }
    }

    private async ValueTask<int> ReceiveAfterCancelAsync(byte[] buffer, CancellationToken deadline)
    {
        try
        {
            return await _wire.ReceiveAsync(buffer, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
        {
            // The cancellation was meant for the receive before this one, which ended by itself.
            return await _wire.ReceiveAsync(buffer, deadline).ConfigureAwait(false);
        }
    }

    private void ReportClosed()
    {
        var (reason, error) = Volatile.Read(ref _cause)
            ?? new EndCause(_peerFinished && _sendingCompleted ? EndReason.Finished : EndReason.Closed, null);
        var end = new ConnectionEnd(reason, _bytesReceived, _bytesSent, Age, error);
        ByteTotals.CountRest(end.BytesReceived, end.BytesSent);
        Meters.ConnectionEnded(Local.Scheme, $"{reason}", end.Age);

        // In this order: whoever asks looks at the end after it has made what we complete here.
        Interlocked.Exchange(ref _end, end);
        Volatile.Read(ref _closed)?.TrySetResult(end);
        Watch?.Ended(this, end);
        if (IsObserved)
        {
            TellEnded(end);
        }
    }

    // Made for whoever asks: most connections end without anybody waiting for it.
    private Task<ConnectionEnd> WhenClosed()
    {
        var closed = Volatile.Read(ref _closed)
            ?? Interlocked.CompareExchange(
                ref _closed, new(TaskCreationOptions.RunContinuationsAsynchronously), null)
            ?? _closed;
        if (Volatile.Read(ref _end) is { } end)
        {
            closed.TrySetResult(end);
        }

        return closed.Task;
    }

    /// <summary>From now on every operation throws the first error, or that this end has closed.</summary>
    private void BreakAll(ConnectionException? error)
    {
        Interlocked.CompareExchange(ref _brokenBy, error, null);
        _isBroken = true;
    }

    private void ThrowBroken()
    {
        if (_isBroken)
        {
            throw Broken();
        }
    }

    private Exception Broken() => Volatile.Read(ref _brokenBy) as Exception ?? Disposed();

    /// <summary>
    /// What an exception from the wire means to the caller; what the peer or the network did is remembered.
    /// </summary>
    private Exception Meaning(Exception error, CancellationToken cancellationToken)
    {
        if (error is OperationCanceledException cancelled && cancellationToken.IsCancellationRequested)
        {
            // A wire may have linked the caller's token to one of its own; the caller looks for the one it passed.
            return cancelled.CancellationToken == cancellationToken
                ? cancelled
                : new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }

        if (_isBroken)
        {
            return Broken();
        }

        if (error is ConnectionException)
        {
            var reason = error switch
            {
                ConnectionResetException or ProgramFailedException => EndReason.PeerReset,
                ProtocolBrokenException => EndReason.ProtocolError,
                _ => EndReason.NetworkFailed,
            };
            NoteCause(reason, error);
            return error;
        }

        return error is OperationCanceledException or ObjectDisposedException ? Disposed() : error;
    }

    private sealed record EndCause(EndReason Reason, Exception? Error);
}
