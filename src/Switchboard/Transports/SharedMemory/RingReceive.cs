namespace Switchboard.Transports.SharedMemory;

/// <summary>The receiving direction.</summary>
internal sealed class RingReceive(SharedMemoryWire wire, RingReader ring) : RingOperation(wire)
{
    private Memory<byte> _buffer;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _buffer = buffer;
        return StartAsync(cancellationToken);
    }

    protected override int Try(out bool wakesPeer)
    {
        Wire.ThrowIfBroken("receive");

        // In this order: a peer that is gone says nothing any more, and one that has finished writes nothing.
        var isGone = Wire.PeerIsGone;
        var isFinished = ring.IsFinished;
        if (TryRead(out var count, out wakesPeer))
        {
            return count;
        }

        if (isFinished)
        {
            return 0;
        }

        return isGone ? throw Wire.PeerGone("receive") : Nothing;
    }

    protected override void Sleep() => ring.Sleep();

    protected override void StayAwake() => ring.StayAwake();

    protected override void Forget() => _buffer = default;

    private bool TryRead(out int count, out bool wakesPeer)
    {
        try
        {
            count = ring.Read(_buffer.Span);
            wakesPeer = count > 0 && ring.TakeSendersSleep();
            return count > 0 || (_buffer.IsEmpty && ring.HasBytes);
        }
        catch (InvalidDataException error)
        {
            throw Wire.Break("receive", error.Message);
        }
    }
}
