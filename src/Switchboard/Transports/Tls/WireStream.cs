using System.Runtime.CompilerServices;

namespace Switchboard.Transports.Tls;

/// <summary>The wire below TLS as the stream that <see cref="System.Net.Security.SslStream"/> wants.</summary>
/// <param name="wire">Below TLS.</param>
/// <param name="openSsl">Whoever reads has it, and is given it back before the read returns.</param>
internal sealed class WireStream(Wire wire, SemaphoreSlim openSsl) : Stream
{
    private const int OpeningBytes = 16;

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
        int count;
        openSsl.Release();
        try
        {
            count = await wire.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
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
}
