using System.Buffers;
using System.IO.Pipelines;

namespace Switchboard.Transports;

/// <summary>
/// Bytes on their way from one end in memory to the other. Like a kernel's socket buffer it holds only so many, and
/// what has arrived can still be read after a reset.
/// </summary>
internal sealed class MemoryPath
{
    private const int CapacityBytes = 64 * 1024;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: CapacityBytes,
        resumeWriterThreshold: CapacityBytes / 2,
        useSynchronizationContext: false));

    private readonly Lock _writing = new();
    private readonly Lock _reading = new();
    private bool _writerDone;
    private bool _readerDone;
    private bool _isReading;
    private volatile bool _reset;

    /// <summary>Reads some bytes; 0 at the end, null after a reset.</summary>
    public async ValueTask<int?> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        BeginReading();
        try
        {
            var result = await _pipe.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var available = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
            available.CopyTo(buffer.Span);
            var nothing = result.Buffer.IsEmpty;
            var count = (int)available.Length;
            _pipe.Reader.AdvanceTo(available.End);
            if (nothing && result.IsCanceled)
            {
                throw new OperationCanceledException();
            }

            return nothing && _reset ? null : count;
        }
        finally
        {
            EndReading();
        }
    }

    /// <summary>Writes some bytes; null when nobody reads them any more.</summary>
    public async ValueTask<int?> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var part = bytes[..Math.Min(bytes.Length, CapacityBytes / 2)];
        ValueTask<FlushResult> flushing;
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_writerDone, typeof(Connection));
            flushing = _pipe.Writer.WriteAsync(part, cancellationToken);
        }

        var result = await flushing.ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(result.IsCanceled, typeof(Connection));
        return result.IsCompleted ? null : part.Length;
    }

    public void CancelRead() => _pipe.Reader.CancelPendingRead();

    public void FinishWriting(bool reset)
    {
        lock (_writing)
        {
            _reset |= reset;
            if (!_writerDone)
            {
                _writerDone = true;

                // A pipe leaves a writer that waits for room waiting, whatever becomes of it.
                _pipe.Writer.CancelPendingFlush();
                _pipe.Writer.Complete();
            }
        }
    }

    /// <summary>Nobody reads any more: the writer's next write finds out.</summary>
    public void FinishReading()
    {
        lock (_reading)
        {
            if (_readerDone)
            {
                return;
            }

            _readerDone = true;
            if (_isReading)
            {
                // A pipe must not be completed under a read; the read does it on its way out.
                _pipe.Reader.CancelPendingRead();
            }
            else
            {
                _pipe.Reader.Complete();
            }
        }
    }

    private void BeginReading()
    {
        lock (_reading)
        {
            ObjectDisposedException.ThrowIf(_readerDone, typeof(Connection));
            _isReading = true;
        }
    }

    private void EndReading()
    {
        lock (_reading)
        {
            _isReading = false;
            if (_readerDone)
            {
                _pipe.Reader.Complete();
            }
        }
    }
}
