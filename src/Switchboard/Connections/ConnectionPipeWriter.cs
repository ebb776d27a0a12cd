using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Switchboard.Connections;

/// <summary>
/// The sending half as a pipe: what was written waits in one buffer for a flush. One that is completed with an
/// exception aborts.
/// </summary>
internal sealed class ConnectionPipeWriter(Connection connection) : PipeWriter
{
    private readonly SendBuffer _bytes = new();
    private readonly StopSource _stop = new();
    private bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _bytes.Length;

    public override void Advance(int bytes) => _bytes.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return _bytes.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>
    /// The flush under way, or the next one, is given up; what was written may have gone out in part.
    /// </summary>
    public override void CancelPendingFlush() => _stop.Stop();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        cancellationToken.ThrowIfCancellationRequested();
        if (_stop.IsStopped)
        {
            return new(Stopped());
        }

        if (_bytes.Length == 0)
        {
            return new(default(FlushResult));
        }

        var sending = connection.SendAsync(_bytes.Written, _stop.TokenWith(cancellationToken));
        if (!sending.IsCompletedSuccessfully)
        {
            return FinishAsync(sending, cancellationToken);
        }

        _bytes.Clear();
        return new(default(FlushResult));
    }

    public override void Complete(Exception? exception = null) =>
        CompleteAsync(exception).AsTask().GetAwaiter().GetResult();

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (_isCompleted)
        {
            return;
        }

        try
        {
            if (exception is not null)
            {
                connection.Abort();
                return;
            }

            if (_bytes.Length > 0)
            {
                await connection.SendAsync(_bytes.Written).ConfigureAwait(false);
            }

            // Without a half-close the end of the connection is the end of what was written.
            if (connection.CanHalfClose)
            {
                await connection.CompleteSendingAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _isCompleted = true;
            _bytes.Clear();
            _stop.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> FinishAsync(ValueTask sending, CancellationToken cancellationToken)
    {
        try
        {
            await sending.ConfigureAwait(false);
            return default;
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (OperationCanceledException) when (_stop.IsStopped)
        {
            return Stopped();
        }
        finally
        {
            _bytes.Clear();
        }
    }

    private FlushResult Stopped()
    {
        _stop.Renew();
        return new FlushResult(isCanceled: true, isCompleted: false);
    }

    private void ThrowIfCompleted()
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException($"{connection}: the writer was completed; nothing can follow.");
        }
    }
}
