using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>The receiving half as a pipe, in one buffer that is held only while it holds bytes.</summary>
internal sealed class ConnectionPipeReader(Connection connection) : PipeReader
{
    private readonly ReceiveBuffer _bytes = new();
    private readonly StopSource _stop = new();
    private ReadOnlySequence<byte> _shown;
    private bool _isExamined = true;
    private bool _isFinished;
    private bool _isCompleted;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryRead(out var result) ? new(result) : ReadMoreAsync(cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException($"{connection}: the reader was completed; nothing more can be read.");
        }

        var isStopped = _stop.IsStopped;
        if (_isExamined && !_isFinished && !isStopped)
        {
            result = default;
            return false;
        }

        if (isStopped)
        {
            _stop.Renew();
        }

        result = Show(isStopped);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var count = _shown.Slice(0, consumed).Length;
        _isExamined = _shown.Slice(0, examined).Length == _shown.Length;
        _shown = default;
        _bytes.Consume((int)count);
        if (_bytes.Length == 0)
        {
            _bytes.Release();
        }
    }

    /// <summary>The read under way, or the next one, ends without bytes; none is lost.</summary>
    public override void CancelPendingRead() => _stop.Stop();

    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        _shown = default;
        _bytes.Release();
        _stop.Release();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadMoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReceiveMoreAsync(_stop.TokenWith(cancellationToken)).ConfigureAwait(false);
            return Show(isStopped: false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (OperationCanceledException) when (_stop.IsStopped)
        {
            _stop.Renew();
            return Show(isStopped: true);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReceiveMoreAsync(CancellationToken cancellationToken)
    {
        if (!_bytes.MayHaveMore)
        {
            _bytes.Shrink();
            await connection.ReceiveAsync(Memory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        }

        var count = await connection.ReceiveAsync(_bytes.MakeRoom(), cancellationToken).ConfigureAwait(false);
        _bytes.Add(count);
        _isFinished = count == 0;
    }

    private ReadResult Show(bool isStopped)
    {
        _shown = new ReadOnlySequence<byte>(_bytes.Unread);
        return new ReadResult(_shown, isStopped, _isFinished);
    }
}
