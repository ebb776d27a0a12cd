using System.IO.Pipelines;

namespace Switchboard.Connections;

/// <summary>The sending half as a pipe: one that is completed with an exception aborts.</summary>
/// <param name="inner">Does the writing; completing it finishes sending.</param>
/// <param name="abort">Ends the connection at once.</param>
internal sealed class ConnectionPipeWriter(PipeWriter inner, Action abort) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        inner.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(
        ReadOnlyMemory<byte> source,
        CancellationToken cancellationToken = default) =>
        inner.WriteAsync(source, cancellationToken);

    public override void Complete(Exception? exception = null)
    {
        if (exception is null)
        {
            inner.Complete();
            return;
        }

        abort();
        try
        {
            inner.Complete(exception);
        }
        catch (ObjectDisposedException)
        {
            // It gave its buffers back and then met what was just done.
        }
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null)
        {
            return inner.CompleteAsync();
        }

        Complete(exception);
        return default;
    }
}
