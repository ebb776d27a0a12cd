using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>
/// What a connection receives, as a pipe without a second task and without a copy: whoever reads goes on inside the
/// engine's call that brought the bytes. It receives ahead, up to a limit, so that the peer's end is noticed while
/// nobody reads.
/// </summary>
/// <remarks>
/// Invariants. The next receive is under way before a reader goes on: the reader may block, and wait for just that
/// receive. While nothing is unread no buffer is held. Places are counted from the connection's first byte.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Only the registration holds something, and it is let go of.")]
internal sealed partial class ConnectionInput : PipeReader, IValueTaskSource<ReadResult>, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Connection _connection;
    private readonly KestrelConnection _owner;
    private readonly long _maxUnreadBytes;
    private readonly Action _goOn;
    private ManualResetValueTaskSourceCore<ReadResult> _read;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _waitsUntil;
    private InputSegment? _head;
    private InputSegment? _tail;
    private int _headStart;
    private long _received;
    private long _shown;
    private long _examined;
    private Exception? _error;
    private bool _isWaiting;
    private bool _isStopped;
    private bool _isFinished;
    private bool _isCompleted;
    private bool _isPaused;

    private bool _isFilling;
    private InputSegment? _spare;

    public ConnectionInput(Connection connection, KestrelConnection owner, SwitchboardTransportOptions options)
    {
        _connection = connection;
        _owner = owner;
        _maxUnreadBytes = options.MaxReadBufferBytes;
        _goOn = GoOn;
        _read.RunContinuationsAsynchronously = options.Application == ApplicationThread.Pool;
    }

    /// <summary>Whether nothing will be read any more, or nothing will come.</summary>
    public bool IsOver => _isCompleted || _isFinished || _error is not null;

    /// <summary>Begins to receive; to be called once.</summary>
    public void Start() => Pump();

    public override bool TryRead(out ReadResult result)
    {
        lock (_lock)
        {
            return TryTake(out result);
        }
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (TryTake(out var result))
            {
                return new(result);
            }

            if (_isWaiting)
            {
                throw new InvalidOperationException("Two reads at once. Wait for the first to end.");
            }

            _read.Reset();
            _isWaiting = true;
            _waitsUntil = cancellationToken;
            var waiting = new ValueTask<ReadResult>(this, _read.Version);
            if (cancellationToken.CanBeCanceled)
            {
                _cancellation = cancellationToken.UnsafeRegister(
                    static (input, token) => ((ConnectionInput)input!).Cancel(token), this);
            }

            return waiting;
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_lock)
        {
            if (_isCompleted)
            {
                return;
            }

            _examined = Math.Max(_examined, PlaceOf(examined, _shown));
            if (consumed.GetObject() is InputSegment segment)
            {
                Consume(segment, consumed.GetInteger());
            }

            if (!_isPaused || _received - _examined > _maxUnreadBytes / 2)
            {
                return;
            }

            _isPaused = false;
        }

        _owner.InputResumed();
        Pump();
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (_lock)
        {
            if (!_isWaiting)
            {
                _isStopped = true;
                return;
            }

            _isWaiting = false;
            result = Show(isStopped: true);
        }

        _read.SetResult(result);
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_lock)
        {
            _isCompleted = true;
            ReleaseAll();
        }
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        _cancellation.Unregister();
        return _read.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _read.OnCompleted(continuation, state, token, flags);

    void IThreadPoolWorkItem.Execute() => Pump();

    /// <summary>What a read finds now; false when it has to wait. Within the lock.</summary>
    private bool TryTake(out ReadResult result)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("The reader was completed; nothing more can be read.");
        }

        if (_error is not null)
        {
            ExceptionDispatchInfo.Throw(_error);
        }

        if (!_isStopped && !_isFinished && _examined == _received)
        {
            result = default;
            return false;
        }

        result = Show(_isStopped);
        _isStopped = false;
        return true;
    }

    private ReadResult Show(bool isStopped)
    {
        _shown = _received;
        var bytes = _head is null
            ? ReadOnlySequence<byte>.Empty
            : new ReadOnlySequence<byte>(_head, _headStart, _tail!, _tail!.Memory.Length);
        return new ReadResult(bytes, isStopped, _isFinished);
    }

    // A position without a segment is that of a buffer without bytes.
    private static long PlaceOf(SequencePosition position, long end) =>
        position.GetObject() is InputSegment segment ? segment.RunningIndex + position.GetInteger() : end;

    private void Consume(InputSegment upTo, int index)
    {
        while (_head != upTo)
        {
            var emptied = _head ?? throw new InvalidOperationException("The position was consumed before.");
            _head = emptied.Follower;
            Release(emptied);
        }

        _headStart = index;
        if (index == upTo.Memory.Length && upTo == _tail && !_isFilling)
        {
            Release(upTo);
            (_head, _tail, _headStart) = (null, null, 0);
        }
    }

    // The last one stays while a receive runs into it; that receive's end releases it.
    private void ReleaseAll()
    {
        while (_head is { } segment && !(segment == _tail && _isFilling))
        {
            _head = segment.Follower;
            Release(segment);
        }

        if (_head is null)
        {
            _tail = null;
        }
    }

    private void Cancel(CancellationToken token)
    {
        lock (_lock)
        {
            // It may come so late that another read waits by now, which obeys another token or none.
            if (!_isWaiting || _waitsUntil != token)
            {
                return;
            }

            _isWaiting = false;
        }

        _read.SetException(new OperationCanceledException(token));
    }
}
