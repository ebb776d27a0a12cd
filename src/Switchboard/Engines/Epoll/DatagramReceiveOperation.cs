using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>What may be received: from any of a wire's sockets, each in its turn.</summary>
internal sealed class DatagramReceiveOperation(EpollDatagramWire wire) : Operation
{
    private Memory<byte> _buffer;
    private DatagramBatch? _batch;
    private int _next;

    /// <summary>What the last receive has brought.</summary>
    public ReceivedDatagram Received { get; private set; }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_buffer, _batch) = (buffer, null);
        return StartAsync(cancellationToken);
    }

    public ValueTask<int> ReceiveAsync(DatagramBatch batch, CancellationToken cancellationToken)
    {
        (_buffer, _batch) = (default, batch);
        return StartAsync(cancellationToken);
    }

    public override IPolled Source => wire.Ears[0];

    protected override int Try(bool isCertain, out bool hasMore)
    {
        for (var tries = wire.Ears.Length; tries > 0; tries--)
        {
            var ear = wire.Ears[_next];
            _next = (_next + 1) % wire.Ears.Length;
            if (TryEar(ear) is not Nothing and var result)
            {
                // Others may wait behind this one, and behind an error.
                hasMore = true;
                return result;
            }
        }

        hasMore = false;
        return Nothing;
    }

    protected override Exception Translate(int errno) => wire.Translate("receive", errno, null, 0);

    protected override void Forget()
    {
        _buffer = default;
        _batch = null;
    }

    protected override void LeftLast() => wire.Release();

    protected override Exception WasClosed() => wire.WasClosed();

    private int TryEar(DatagramEar ear)
    {
        while (true)
        {
            var result = wire.Kernel.FaultOfReceive(this) is < 0 and var fault ? fault
                : _batch is null ? ReceiveOne(ear)
                : DatagramCalls.ReceiveMany(ear, _batch);
            if (result >= 0 || wire.Remote is not null
                || !SocketErrors.IsOfNetwork(Errno.ToSocketError(-result)))
            {
                return result;
            }
        }
    }

    private int ReceiveOne(DatagramEar ear)
    {
        var length = DatagramCalls.ReceiveFrom(ear.Key.Descriptor, _buffer.Span, out var from);
        if (length < 0)
        {
            return length;
        }

        var held = Math.Min(length, _buffer.Length);
        Received = new(held, from, held < length, length);
        return held;
    }
}
