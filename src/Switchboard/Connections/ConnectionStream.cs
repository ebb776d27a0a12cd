namespace Switchboard.Connections;

/// <summary>
/// A connection as a file: reads until the peer finishes, writes at once, so that flushing has nothing to do.
/// </summary>
/// <param name="connection">Where the bytes come from and go to.</param>
/// <param name="close">What closing the file means for the connection.</param>
internal sealed class ConnectionStream(Connection connection, Func<ValueTask> close) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw NoPlace();

    public override long Position
    {
        get => throw NoPlace();
        set => throw NoPlace();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.ReceiveAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.ReceiveAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        var receiving = connection.ReceiveAsync(buffer.AsMemory(offset, count));
        return receiving.IsCompleted ? receiving.Result : receiving.AsTask().GetAwaiter().GetResult();
    }

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        connection.SendAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        connection.SendAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        connection.SendAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw NoPlace();

    public override void SetLength(long value) => throw NoPlace();

    public override async ValueTask DisposeAsync()
    {
        await close().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            close().AsTask().GetAwaiter().GetResult();
        }

        base.Dispose(disposing);
    }

    private static NotSupportedException NoPlace() => new("A connection has no length and no place to seek to.");
}
