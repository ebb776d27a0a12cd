using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>How it receives: without a task, one receive after the other.</summary>
internal sealed partial class ConnectionInput
{
    private const int FirstBytes = 4 * 1024;
    private const int LargeBytes = 64 * 1024;

    // Less room than this is not worth a system call.
    private const int MinRoomBytes = 512;

    // So much in one go, before whoever reads has its turn.
    private const int BurstBytes = 256 * 1024;

    // Of the receive under way, and so owned by whoever pumps: one thread at a time.
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _pending;
    private Memory<byte> _room;
    private bool _hasMore;
    private bool _wasFilled;

    private void GoOn()
    {
        try
        {
            if (!Add(_pending.GetResult()))
            {
                End();
                return;
            }
        }
#pragma warning disable CA1031 // Whatever the receive throws is what reads throw from then on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
            return;
        }

        Pump();
    }

    /// <summary>Receives until it has to wait, and lets whoever reads go on then.</summary>
    private void Pump()
    {
        try
        {
            for (var burst = 0; TryMakeRoom(); burst += _room.Length)
            {
                if (burst >= BurstBytes)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                    break;
                }

                var receiving = _connection.ReceiveAsync(_room);
                if (!receiving.IsCompleted)
                {
                    _pending = receiving.ConfigureAwait(false).GetAwaiter();
                    _pending.UnsafeOnCompleted(_goOn);
                    break;
                }

                if (!Add(receiving.GetAwaiter().GetResult()))
                {
                    End();
                    return;
                }
            }
        }
#pragma warning disable CA1031 // Whatever the receive throws is what reads throw from then on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            End(error);
            return;
        }

        Wake();
    }

    /// <summary>Prepares the next receive; false when there is to be none for now.</summary>
    private bool TryMakeRoom()
    {
        lock (_lock)
        {
            if (_isCompleted)
            {
                return false;
            }

            if (_received - _examined >= _maxUnreadBytes)
            {
                _isPaused = true;
                _owner.InputPaused();
                return false;
            }

            _room = _hasMore ? RoomInTail() : default;
            _isFilling = _hasMore;
            return true;
        }
    }

    private Memory<byte> RoomInTail()
    {
        if (_tail is null)
        {
            _tail = NewSegment();
            (_head, _headStart) = (_tail, 0);
        }
        else if (_tail.Room.Length < MinRoomBytes)
        {
            var follower = NewSegment();
            _tail.Link(follower);
            _tail = follower;
        }

        return _tail.Room;
    }

    private InputSegment NewSegment()
    {
        var segment = _spare ?? new InputSegment();
        _spare = null;
        segment.Begin(_wasFilled ? LargeBytes : FirstBytes, _received);
        return segment;
    }

    private void Release(InputSegment segment)
    {
        segment.End();
        _spare = segment;
    }

    /// <summary>Takes what a receive has brought; false when it was the end.</summary>
    private bool Add(int count)
    {
        if (_room.IsEmpty)
        {
            _hasMore = true;
            return true;
        }

        lock (_lock)
        {
            _isFilling = false;
            if (count > 0)
            {
                _tail!.Add(count);
                _received += count;
                _wasFilled = count == _room.Length;
                _hasMore = _wasFilled;
            }

            _isFinished = count == 0;
            ReleaseUnused();
        }

        return count > 0;
    }

    // In this order: Kestrel gives up requests when it hears of an end, and who finishes sending behind a request still
    // wants the answer to it.
    private void End()
    {
        Wake();
        _owner.InputEnded(error: null);
    }

    private void End(Exception error)
    {
        var meaning = _owner.MeaningOf(error);
        lock (_lock)
        {
            _isFilling = false;
            _error = meaning;
            ReleaseUnused();
        }

        _owner.InputEnded(meaning);
        Wake();
    }

    private void ReleaseUnused()
    {
        if (_isCompleted || (_head is not null && _head == _tail && _headStart == _tail.Memory.Length))
        {
            ReleaseAll();
        }
    }

    private void Wake()
    {
        ReadResult result = default;
        lock (_lock)
        {
            if (!_isWaiting || (_error is null && !_isFinished && _examined == _received))
            {
                return;
            }

            _isWaiting = false;
            if (_error is null)
            {
                result = Show(isStopped: false);
            }
        }

        if (_error is not null)
        {
            _read.SetException(_error);
        }
        else
        {
            _read.SetResult(result);
        }
    }
}
