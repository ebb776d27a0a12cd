namespace Switchboard.Board.Lab.Calls;

/// <summary>What TLS reads from and writes to: both ends of it are memory, and reading waits until it is fed.</summary>
internal sealed class TlsWire : Stream
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _written = new();
    private readonly Queue<byte> _fed = [];
    private TaskCompletionSource _hungry = New();
    private TaskCompletionSource _moreIsThere = New();
    private bool _isOver;

    /// <summary>Completes when everything was read that came, and more is asked for.</summary>
    public Task Hungry
    {
        get
        {
            lock (_lock)
            {
                return _hungry.Task;
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public byte[] TakeWritten()
    {
        lock (_lock)
        {
            var bytes = _written.ToArray();
            _written.SetLength(0);
            return bytes;
        }
    }

    public void Feed(ReadOnlyMemory<byte> bytes)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            foreach (var each in bytes.Span)
            {
                _fed.Enqueue(each);
            }

            _hungry = New();
            waiting = _moreIsThere;
            _moreIsThere = New();
        }

        waiting.SetResult();
    }

    /// <summary>Nothing more will come.</summary>
    public void End()
    {
        _isOver = true;
        Feed(ReadOnlyMemory<byte>.Empty);
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (_fed.Count > 0 || _isOver || buffer.Length == 0)
                {
                    return Take(buffer.Span);
                }

                more = _moreIsThere.Task;
                _hungry.TrySetResult();
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Only by ReadAsync.");

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            _written.Write(buffer, offset, count);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _written.Write(buffer.Span);
        }

        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _written.Dispose();
        base.Dispose(disposing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _fed.Count);
        for (var index = 0; index < count; index++)
        {
            buffer[index] = _fed.Dequeue();
        }

        return count;
    }
}
