using System.Runtime.CompilerServices;
using Switchboard.Observing;

namespace Switchboard;

public sealed partial class Connection
{
    private long _bytesSent;
    private long _sends;
    private volatile bool _sendingCompleted;
    private volatile bool _sendCutShort;
    private volatile bool _awaitsRoom;

    // A peer that takes nothing more may still have sent something: a failed send leaves receiving as it is.
    private ConnectionException? _sendFailure;

    /// <summary>
    /// Sends all the bytes, or throws: it completes when the operating system has taken the last one.
    /// </summary>
    /// <param name="bytes">The caller's; not to be changed until the call has ended.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. Part of the bytes may have gone out by then, so nothing more can be sent in order: later sends
    /// throw, and closing aborts, so that the peer cannot take the part for the whole.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// Another send is running, sending was completed, or an earlier send was cancelled.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This end has closed the connection.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        TakeSendTurn();
        if (bytes.IsEmpty)
        {
            _sending.Release();
            return default;
        }

        return SendToWire(bytes, cancellationToken);
    }

    /// <summary>
    /// Half-closes: tells the peer that nothing more will come, after everything sent so far. Receiving goes on.
    /// A second call does nothing.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">
    /// Another send is running, an earlier send was cancelled, or the transport has no half-close, which
    /// <see cref="CanHalfClose"/> tells.
    /// </exception>
    /// <exception cref="ObjectDisposedException">This end has closed the connection.</exception>
    /// <exception cref="ConnectionException">The peer or the network broke the connection.</exception>
    public async ValueTask CompleteSendingAsync(CancellationToken cancellationToken = default)
    {
        if (_sendingCompleted && !_sending.IsClosed)
        {
            return;
        }

        if (!CanHalfClose)
        {
            throw Misused(
                "it cannot finish sending and go on receiving. Say the end in what you send, and dispose it.");
        }

        TakeSendTurn();
        try
        {
            await FinishSendingAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw SendMeaning(error, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void TakeSendTurn()
    {
        if (!_sending.TryTake())
        {
            if (!_sending.IsClosed)
            {
                throw Misused("two sends at once. Wait for the first to end, or use Frames, which takes many senders.");
            }

            ThrowBroken();
            throw Disposed();
        }

        if (_sendFailure is { } failure)
        {
            _sending.Release();
            throw failure;
        }

        if (_sendingCompleted)
        {
            _sending.Release();
            throw Misused("sending was completed; nothing can follow.");
        }

        if (_sendCutShort)
        {
            _sending.Release();
            throw Misused(
                "an earlier send was cancelled when part of it may have gone out; nothing can follow in order.");
        }
    }

    private ValueTask SendToWire(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            ThrowBroken();
            if (IsObserved)
            {
                TellSendStarted(bytes.Length);
            }

            var pending = _wire.SendAsync(bytes, cancellationToken);
            if (!pending.IsCompletedSuccessfully)
            {
                return AwaitSend(pending, bytes, cancellationToken);
            }

            var count = pending.Result;
            if (count < bytes.Length)
            {
                return AwaitSend(new ValueTask<int>(count), bytes, cancellationToken);
            }

            CountSent(bytes, count);
            _sending.Release();
            return default;
        }
        catch (Exception error)
        {
            var meaning = SendMeaning(error, cancellationToken);
            _sending.Release();
            throw meaning;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitSend(
        ValueTask<int> pending,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        _awaitsRoom = true;
        try
        {
            bytes = bytes[CountSent(bytes, await pending.ConfigureAwait(false))..];
            while (!bytes.IsEmpty)
            {
                var count = await _wire.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
                bytes = bytes[CountSent(bytes, count)..];
            }
        }
        catch (Exception error)
        {
            throw SendMeaning(error, cancellationToken);
        }
        finally
        {
            _awaitsRoom = false;
            _sending.Release();
        }
    }

    private Exception SendMeaning(Exception error, CancellationToken cancellationToken)
    {
        _sendCutShort = true;
        var meaning = Meaning(error, cancellationToken);
        _sendFailure = meaning as ConnectionException;
        return meaning;
    }

    private int CountSent(ReadOnlyMemory<byte> bytes, int count)
    {
        if (IsObserved)
        {
            TellSent(bytes[..count]);
        }

        return CountSent(count);
    }

    private int CountSent(int count)
    {
        ByteTotals.CountSent(_bytesSent, count);
        _bytesSent += count;
        _sends++;
        return count;
    }

    private async ValueTask FinishSendingAsync(CancellationToken cancellationToken)
    {
        if (!_sendingCompleted)
        {
            ThrowBroken();
            await _wire.CompleteSendingAsync(cancellationToken).ConfigureAwait(false);
            _sendingCompleted = true;
            if (IsObserved)
            {
                TellSendingCompleted();
            }
        }
    }
}
