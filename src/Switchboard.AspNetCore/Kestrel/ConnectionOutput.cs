using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.AspNetCore.Kestrel;

/// <summary>
/// What a connection sends, as a pipe without a second task. A flush sends by itself. What the kernel has no room for
/// waits here, up to a limit, and is sent as room comes; only past the limit do flushes wait.
/// </summary>
/// <remarks>
/// Invariants. What was written and not flushed is the writer's alone. What waits is guarded by the lock while a send
/// is under way, and there is nothing while none is. One send runs at a time.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Only the registration holds something, and it is let go of.")]
internal sealed partial class ConnectionOutput : PipeWriter, IValueTaskSource<FlushResult>
{
    private const int MinPieceBytes = 4 * 1024;
    private const int MaxPieceBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Connection _connection;
    private readonly KestrelConnection _owner;
    private readonly long _maxWaitingBytes;
    private readonly Action _goOn;

    // Written, and not flushed.
    private OutputPiece? _first;
    private OutputPiece? _last;
    private OutputPiece? _spare;
    private long _unflushed;
    private int _lastFlushBytes = MinPieceBytes;

    private ManualResetValueTaskSourceCore<FlushResult> _flush;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _waitsUntil;
    private TaskCompletionSource? _drained;
    private bool _isWaiting;
    private bool _isStopped;
    private bool _hasFailed;
    private bool _isCompleted;

    public ConnectionOutput(Connection connection, KestrelConnection owner, SwitchboardTransportOptions options)
    {
        _connection = connection;
        _owner = owner;
        _maxWaitingBytes = options.MaxWriteBufferBytes;
        _goOn = GoOn;
        _flush.RunContinuationsAsynchronously = options.Application == ApplicationThread.Pool;
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_last is null || _last.RoomBytes < Math.Max(sizeHint, 1))
        {
            AddPiece(sizeHint);
        }

        return _last!.Room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _last?.RoomBytes ?? 0);
        _last?.Write(bytes);
        _unflushed += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Send();
        lock (_lock)
        {
            if (_isStopped)
            {
                _isStopped = false;
                return new(new FlushResult(isCanceled: true, isCompleted: _hasFailed));
            }

            return _hasFailed || _waitingBytes < _maxWaitingBytes
                ? new(new FlushResult(isCanceled: false, isCompleted: _hasFailed))
                : Wait(cancellationToken);
        }
    }

    public override void CancelPendingFlush()
    {
        lock (_lock)
        {
            if (!_isWaiting)
            {
                _isStopped = true;
                return;
            }

            _isWaiting = false;
        }

        _flush.SetResult(new FlushResult(isCanceled: true, isCompleted: false));
    }

    /// <summary>Whatever was written is sent; an end follows it, unless there is an exception: then a reset.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
        {
            return;
        }

        if (exception is not null)
        {
            Drop();
            _owner.Abort(new ConnectionAbortedException(exception.Message, exception));
        }

        Send();
        lock (_lock)
        {
            _isCompleted = true;
            if (_isSending)
            {
                return;
            }
        }

        _owner.OutputEnded();
    }

    /// <summary>Completes when everything flushed was sent, or cannot be.</summary>
    public Task WhenSent()
    {
        lock (_lock)
        {
            return _isSending
                ? (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token)
    {
        _cancellation.Unregister();
        return _flush.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _flush.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _flush.OnCompleted(continuation, state, token, flags);

    private ValueTask<FlushResult> Wait(CancellationToken cancellationToken)
    {
        if (_isWaiting)
        {
            throw new InvalidOperationException("Two flushes at once. Wait for the first to end.");
        }

        _flush.Reset();
        _isWaiting = true;
        _waitsUntil = cancellationToken;
        var waiting = new ValueTask<FlushResult>(this, _flush.Version);
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (output, token) => ((ConnectionOutput)output!).Cancel(token), this);
        }

        return waiting;
    }

    private void Cancel(CancellationToken token)
    {
        lock (_lock)
        {
            // It may come so late that another flush waits by now, which obeys another token or none.
            if (!_isWaiting || _waitsUntil != token)
            {
                return;
            }

            _isWaiting = false;
        }

        _flush.SetException(new OperationCanceledException(token));
    }

    private void AddPiece(int sizeHint)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("The writer was completed; nothing can follow.");
        }

        var piece = _spare ?? new OutputPiece();
        _spare = null;

        // As much as the last flush took: one call to the kernel is enough for it then.
        piece.Begin(Math.Max(sizeHint, _lastFlushBytes));
        if (_last is null)
        {
            _first = piece;
        }
        else
        {
            _last.Next = piece;
        }

        _last = piece;
    }

    private void Drop()
    {
        while (_first is { } piece)
        {
            _first = piece.Next;
            piece.End();
        }

        _last = null;
        _unflushed = 0;
    }
}
