namespace Switchboard.Transports.SharedMemory;

/// <summary>The sending direction.</summary>
internal sealed class RingSend(SharedMemoryWire wire, RingWriter ring) : RingOperation(wire)
{
    // The receiver can begin with the first piece while the next is written; and a watch sees progress.
    private const int MaxSendBytes = 64 * 1024;

    private ReadOnlyMemory<byte> _bytes;

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _bytes = bytes[..Math.Min(bytes.Length, MaxSendBytes)];
        return StartAsync(cancellationToken);
    }

    /// <summary>Tells the peer that nothing more will come.</summary>
    /// <exception cref="ObjectDisposedException">The direction is closed.</exception>
    public void Finish()
    {
        var wakesPeer = false;
        Alone(() =>
        {
            ring.Finish();
            wakesPeer = ring.TakeReceiversSleep();
        });
        if (wakesPeer)
        {
            Wire.Doorbell.Ring();
        }
    }

    protected override int Try(out bool wakesPeer)
    {
        Wire.ThrowIfBroken("send");
        if (Wire.PeerIsGone)
        {
            throw Wire.PeerGone("send");
        }

        try
        {
            var count = ring.Write(_bytes.Span);
            wakesPeer = count > 0 && ring.TakeReceiversSleep();
            return count > 0 ? count : Nothing;
        }
        catch (InvalidDataException error)
        {
            throw Wire.Break("send", error.Message);
        }
    }

    protected override void Sleep() => ring.Sleep();

    protected override void StayAwake() => ring.StayAwake();

    protected override void Forget() => _bytes = default;
}
