using System.Runtime.CompilerServices;
using Switchboard.Connections;

namespace Switchboard.Transports.Tls;

/// <summary>The wire below TLS as the stream that <see cref="System.Net.Security.SslStream"/> wants.</summary>
/// <param name="wire">Below TLS.</param>
/// <param name="openSsl">Whoever reads has it, and is given it back before the read returns.</param>
internal sealed class WireStream(Wire wire, SemaphoreSlim openSsl) : Stream
{
    private const int OpeningBytes = 16;

    // TLS asks for one record at a time; where they come one behind the other, one call takes four.
    private const int AheadBytes = 64 * 1024;

    // What TLS has not asked for yet. Whoever works with it has taken it out.
    private byte[]? _ahead;
    private int _aheadStart;
    private int _aheadEnd;
    private bool _comesInBulk;
    private volatile bool _isReleased;

    /// <summary>
    /// Whether the end of the wire has been met. TLS has an end of its own, and stops asking when it has come.
    /// </summary>
    public bool HasEnded { get; private set; }

    /// <summary>What the peer sent first, a few bytes of it.</summary>
    public byte[] Opening { get; private set; } = [];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryReadAhead(buffer.Span, out var count))
        {
            return count;
        }

        openSsl.Release();
        try
        {
            count = _comesInBulk && buffer.Length is > 0 and < AheadBytes
                ? await ReceiveAheadAsync(buffer, cancellationToken).ConfigureAwait(false)
                : await wire.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            _comesInBulk |= count == buffer.Length && count > 0;
        }
        finally
        {
            await openSsl.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (Opening.Length == 0)
        {
            Opening = buffer.Span[..Math.Min(count, OpeningBytes)].ToArray();
        }

        HasEnded |= count == 0 && !buffer.IsEmpty;
        return count;
    }

    /// <summary>Gives back the buffer, if it has one: nobody will ask for what is in it.</summary>
    public void Release()
    {
        _isReleased = true;
        if (Interlocked.Exchange(ref _ahead, null) is { } buffer)
        {
            BufferPool.Return(buffer);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[await wire.SendAsync(buffer, cancellationToken).ConfigureAwait(false)..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Takes from what came before; asked for nothing, it tells whether there is something.</summary>
    private bool TryReadAhead(Span<byte> target, out int count)
    {
        count = 0;
        if (Interlocked.Exchange(ref _ahead, null) is not { } buffer)
        {
            return false;
        }

        count = Math.Min(target.Length, _aheadEnd - _aheadStart);
        buffer.AsSpan(_aheadStart, count).CopyTo(target);
        Keep(buffer, _aheadStart + count, _aheadEnd);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAheadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        var buffer = BufferPool.Rent(AheadBytes);
        var (count, received) = (0, 0);
        try
        {
            received = await wire.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            count = Math.Min(target.Length, received);
            buffer.AsSpan(0, count).CopyTo(target.Span);
            _comesInBulk = received > count;
            return count;
        }
        finally
        {
            Keep(buffer, count, received);
        }
    }

    private void Keep(byte[] buffer, int start, int end)
    {
        if (start == end)
        {
            BufferPool.Return(buffer);
            return;
        }

        (_aheadStart, _aheadEnd) = (start, end);
        Interlocked.Exchange(ref _ahead, buffer);
        if (_isReleased)
        {
            Release();
        }
    }
}
