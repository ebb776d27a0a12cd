using System.Runtime.CompilerServices;
using Switchboard.Connections;
using Switchboard.Observing;

namespace Switchboard;

public sealed partial class Connection
{
    private UnreadBytes? _unread;
    private long _bytesReceived;
    private long _receives;
    private volatile bool _peerFinished;
    private volatile bool _awaitsPeer;

    // The wire has told of the receive that was begun last.
    private volatile bool _receiveTold;

    /// <summary>Receives some bytes: as many as have arrived, at least one, at most the buffer's length.</summary>
    /// <param name="buffer">
    /// The caller's, and filled from its start. If it is empty the call waits until there is something to receive, or
    /// the end, and returns 0: so that waiting costs no buffer.
    /// </param>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost, and the connection stays usable.</param>
    /// <returns>How many bytes came; 0 when the peer has finished sending (or the buffer is empty).</returns>
    /// <exception cref="InvalidOperationException">Another receive is running.</exception>
    /// <exception cref="ObjectDisposedException">This end has closed the connection.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        TakeReceiveTurn();
        if (_unread is { Length: > 0 })
        {
            var taken = _unread.Take(buffer.Span);
            _receiving.Release();
            return new(taken);
        }

        if (_peerFinished)
        {
            _receiving.Release();
            return new(0);
        }

        return ReceiveFromWire(buffer, kernel: null, cancellationToken);
    }

    /// <summary>Fills the buffer.</summary>
    /// <exception cref="TruncatedReceiveException">
    /// The peer finished sending first; it carries what did arrive.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The caller cancelled; the bytes that had arrived are given back to the connection, and the next receive gets
    /// them.
    /// </exception>
    /// <inheritdoc cref="ReceiveAsync" path="/exception" />
    /// <param name="buffer">The caller's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReceiveExactlyAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var received = 0;
        try
        {
            while (received < buffer.Length)
            {
                var count = await ReceiveAsync(buffer[received..], cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new TruncatedReceiveException(
                        $"{Remote} finished sending after {received} of {buffer.Length} bytes.", buffer[..received]);
                }

                received += count;
            }
        }
        catch (OperationCanceledException)
        {
            GiveBack(buffer.Span[..received]);
            throw;
        }
    }

    /// <summary>
    /// Receives up to a delimiter and takes the delimiter off; bytes behind it stay for the next receive.
    /// </summary>
    /// <param name="delimiter">One or more bytes.</param>
    /// <param name="maxBytes">The most bytes before the delimiter.</param>
    /// <param name="cancellationToken">Ends the wait; bytes that had arrived stay for the next receive.</param>
    /// <returns>The bytes before the delimiter; null when the peer has finished sending and there were none.</returns>
    /// <exception cref="FrameTooLargeException">No delimiter within <paramref name="maxBytes"/>.</exception>
    /// <exception cref="TruncatedFrameException">The peer finished sending before the delimiter.</exception>
    /// <inheritdoc cref="ReceiveAsync" path="/exception" />
    public ValueTask<byte[]?> ReceiveUntilAsync(
        ReadOnlyMemory<byte> delimiter,
        int maxBytes,
        CancellationToken cancellationToken = default) =>
        ReceiveOneFrameAsync(Framing.Delimited(delimiter, maxBytes), cancellationToken);

    /// <summary>Receives everything until the peer finishes sending.</summary>
    /// <param name="maxBytes">The most bytes that may come.</param>
    /// <param name="cancellationToken">Ends the wait; bytes that had arrived stay for the next receive.</param>
    /// <returns>All the bytes; empty when there were none.</returns>
    /// <exception cref="FrameTooLargeException">More than <paramref name="maxBytes"/> came.</exception>
    /// <inheritdoc cref="ReceiveAsync" path="/exception" />
    public async ValueTask<byte[]> ReceiveToEndAsync(int maxBytes, CancellationToken cancellationToken = default) =>
        await ReceiveOneFrameAsync(Framing.UntilClose(maxBytes), cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>Puts bytes that were received and not used in front of whatever is received next.</summary>
    internal void GiveBack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        // While this end closes nobody will ask for them any more.
        if (_receiving.TryTake())
        {
            (_unread ??= new UnreadBytes()).Prepend(bytes);
            _receiving.Release();
        }
    }

    private async ValueTask<byte[]?> ReceiveOneFrameAsync(Framing framing, CancellationToken cancellationToken)
    {
        var frames = Frames(framing);
        await using (frames.ConfigureAwait(false))
        {
            var frame = await frames.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            return frame?.ToArray();
        }
    }

    private void TakeReceiveTurn()
    {
        if (_receiving.TryTake())
        {
            return;
        }

        if (!_receiving.IsClosed)
        {
            throw Misused("two receives at once. Wait for the first to end; the bytes would come in no known order.");
        }

        ThrowBroken();
        throw Disposed();
    }

    private ValueTask<int> ReceiveFromWire(
        Memory<byte> buffer,
        KernelBuffer? kernel,
        CancellationToken cancellationToken)
    {
        var asked = kernel?.Capacity ?? buffer.Length;
        try
        {
            ThrowBroken();

            if (IsObserved)
            {
                TellReceiveStarted(asked);
            }

            // Before the call: it may have ended on another thread by the time that it returns here.
            _awaitsPeer = true;
            _receiveTold = false;
            var pending = kernel is null
                ? _wire.ReceiveAsync(buffer, cancellationToken)
                : _wire.ReceiveIntoAsync(kernel);
            if (!pending.IsCompletedSuccessfully || _receiveTold)
            {
                // One that had to wait may have ended by now, and then its end was told and counted.
                return _wire.TellsOwner ? pending : AwaitReceive(pending, asked, buffer, cancellationToken);
            }

            var count = CountReceived(pending.Result, asked, buffer);
            LeaveReceive();
            return new(count);
        }
        catch (Exception error)
        {
            var meaning = ReceiveMeaning(error, cancellationToken);
            LeaveReceive();
            throw meaning;
        }
    }

    Exception? IWireOwner.EndReceive(int count, int asked, ReadOnlyMemory<byte> into)
    {
        _receiveTold = true;
        try
        {
            CountReceived(count, asked, into);
            return null;
        }
        catch (ConnectionException error)
        {
            return ReceiveMeaning(error, CancellationToken.None);
        }
        finally
        {
            LeaveReceive();
        }
    }

    Exception IWireOwner.EndReceive(Exception error, CancellationToken cancellationToken)
    {
        var meaning = ReceiveMeaning(error, cancellationToken);
        LeaveReceive();
        return meaning;
    }

    private void LeaveReceive()
    {
        _awaitsPeer = false;
        _receiving.Release();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitReceive(
        ValueTask<int> pending,
        int asked,
        ReadOnlyMemory<byte> into,
        CancellationToken cancellationToken)
    {
        try
        {
            return CountReceived(await pending.ConfigureAwait(false), asked, into);
        }
        catch (Exception error)
        {
            throw ReceiveMeaning(error, cancellationToken);
        }
        finally
        {
            LeaveReceive();
        }
    }

    private int CountReceived(int count, int asked, ReadOnlyMemory<byte> into)
    {
        if (count > 0)
        {
            ByteTotals.CountReceived(_bytesReceived, count);
            _bytesReceived += count;
            _receives++;
        }
        else if (asked > 0)
        {
            // A kernel tells a reset once. If the send has met it, what looks like an end here is none.
            if (_sendFailure is ConnectionResetException reset)
            {
                throw reset;
            }

            _peerFinished = true;
        }

        if (IsObserved)
        {
            TellOfReceive(count, asked, into);
        }

        return count;
    }

    private void TellOfReceive(int count, int asked, ReadOnlyMemory<byte> into)
    {
        if (count == 0 && asked > 0)
        {
            TellPeerFinished();
        }
        else if (count <= into.Length)
        {
            TellReceived(into[..count]);
        }
    }

    private Exception ReceiveMeaning(Exception error, CancellationToken cancellationToken)
    {
        var meaning = Meaning(error, cancellationToken);

        // What was cut off on its way here says nothing of the other way.
        if (meaning is ConnectionException broken and not TlsTruncatedException)
        {
            BreakAll(broken);
        }

        return meaning;
    }
}
