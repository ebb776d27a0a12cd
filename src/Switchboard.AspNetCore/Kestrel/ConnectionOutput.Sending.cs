using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>How it sends: without a task, one send after the other.</summary>
internal sealed partial class ConnectionOutput
{
    // Flushed, and not sent.
    private OutputPiece? _sendFirst;
    private OutputPiece? _sendLast;
    private long _waitingBytes;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;
    private int _pendingBytes;
    private bool _isSending;

    /// <summary>Sends what was written, or has it wait behind what waits already.</summary>
    private void Send()
    {
        if (_first is null)
        {
            return;
        }

        _lastFlushBytes = (int)Math.Clamp(_unflushed, MinPieceBytes, MaxPieceBytes);
        _unflushed = 0;
        lock (_lock)
        {
            if (_isSending)
            {
                Queue();
                return;
            }
        }

        // Nothing is under way: until something is, all of it is the writer's.
        SendAtOnce();
    }

    private void SendAtOnce()
    {
        try
        {
            while (_first is { } piece)
            {
                if (_hasFailed)
                {
                    break;
                }

                var bytes = piece.Unsent;
                var sending = bytes.IsEmpty ? default : _connection.SendAsync(bytes);
                if (!sending.IsCompletedSuccessfully)
                {
                    SendLater(sending, bytes.Length);
                    return;
                }

                sending.GetAwaiter().GetResult();
                _first = piece.Next;
                piece.End();
                _spare = piece;
            }

            Drop();
        }
#pragma warning disable CA1031 // Whatever the send throws is an end of the output; reads tell why.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Drop();
            Fail(error);
        }
    }

    private void SendLater(ValueTask sending, int bytes)
    {
        lock (_lock)
        {
            _isSending = true;
            _pendingBytes = bytes;
            Queue();
        }

        _pending = sending.ConfigureAwait(false).GetAwaiter();
        _pending.UnsafeOnCompleted(_goOn);
    }

    // Small pieces behind one that has room go there: otherwise each flush would keep a buffer of its own waiting.
    private void Queue()
    {
        while (_first is { } piece)
        {
            _first = piece.Next;
            piece.Next = null;
            _waitingBytes += piece.UnsentBytes;
            if (_sendLast is not null && _sendLast.RoomBytes >= piece.UnsentBytes)
            {
                piece.Unsent.CopyTo(_sendLast.Room);
                _sendLast.Write(piece.UnsentBytes);
                piece.End();
                _spare = piece;
                continue;
            }

            if (_sendLast is null)
            {
                _sendFirst = piece;
            }
            else
            {
                _sendLast.Next = piece;
            }

            _sendLast = piece;
        }

        _last = null;
    }

    /// <summary>A send that had to wait has ended.</summary>
    private void GoOn()
    {
        try
        {
            _pending.GetResult();
            while (TakeNext() is { } next)
            {
                var sending = _connection.SendAsync(next);
                if (!sending.IsCompleted)
                {
                    _pending = sending.ConfigureAwait(false).GetAwaiter();
                    _pending.UnsafeOnCompleted(_goOn);
                    WakeIfThereIsRoom();
                    return;
                }

                sending.GetAwaiter().GetResult();
            }
        }
#pragma warning disable CA1031 // Whatever the send throws is an end of the output; reads tell why.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error);
        }

        WakeIfThereIsRoom();
    }

    /// <summary>The bytes to send after those that have just been sent; null when there are none.</summary>
    private ReadOnlyMemory<byte>? TakeNext()
    {
        lock (_lock)
        {
            _sendFirst!.Send(_pendingBytes);
            _waitingBytes -= _pendingBytes;
            if (_sendFirst.UnsentBytes == 0)
            {
                var sent = _sendFirst;
                _sendFirst = sent.Next;
                sent.End();
            }

            if (_sendFirst is not null)
            {
                _pendingBytes = _sendFirst.UnsentBytes;
                return _sendFirst.Unsent;
            }

            StopSending();
            if (!_isCompleted)
            {
                return null;
            }
        }

        _owner.OutputEnded();
        return null;
    }

    private void StopSending()
    {
        _sendLast = null;
        _isSending = false;
        _drained?.TrySetResult();
    }

    private void Fail(Exception error)
    {
        lock (_lock)
        {
            _hasFailed = true;
            _waitingBytes = 0;
            while (_sendFirst is { } piece)
            {
                _sendFirst = piece.Next;
                piece.End();
            }

            StopSending();
        }

        _owner.OutputFailed(error);
    }

    private void WakeIfThereIsRoom()
    {
        lock (_lock)
        {
            if (!_isWaiting || _waitingBytes > _maxWaitingBytes / 2)
            {
                return;
            }

            _isWaiting = false;
        }

        _flush.SetResult(new FlushResult(isCanceled: false, isCompleted: _hasFailed));
    }
}
