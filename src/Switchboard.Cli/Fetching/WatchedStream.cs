namespace Switchboard.Cli.Fetching;

/// <summary>
/// A connection as HTTP uses it: what passes is shown, and who keeps us waiting is timed. Closing it ends what waits;
/// the connection itself is closed by who opened it.
/// </summary>
/// <param name="inner">The connection's own stream.</param>
/// <param name="patience">Told when the peer's turn begins and ends.</param>
/// <param name="sent">Takes what is sent; null to show nothing.</param>
/// <param name="received">Takes what is received; null to show nothing.</param>
internal sealed class WatchedStream(Stream inner, Patience patience, RawLines? sent, RawLines? received) : Stream
{
#pragma warning disable CA2213 // Without a timer it holds nothing, and a read may still begin after the end.
    private readonly CancellationTokenSource _closed = new();
#pragma warning restore CA2213

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        patience.Begin();
        try
        {
            var count = await inner.ReadAsync(buffer, either.Token);
            if (count > 0)
            {
                sent?.Flush();
                received?.Append(buffer.Span[..count]);
            }

            return count;
        }
        finally
        {
            patience.End();
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Shown first: the answer stands below, however fast it comes.
        sent?.Append(buffer.Span);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        patience.Begin();
        try
        {
            await inner.WriteAsync(buffer, either.Token);
        }
        finally
        {
            patience.End();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush()
    {
        // Writing has sent it.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _closed.Cancel();
        base.Dispose(disposing);
    }
}
