namespace Switchboard.Engines.Epoll;

/// <summary>The one send that waits for room, of all that may wait for it.</summary>
internal sealed class DatagramSendOperation(EpollDatagramWire wire) : Operation
{
    private ReadOnlyMemory<byte> _bytes;
    private DatagramAddress? _destination;
    private DatagramBatch? _batch;
    private DatagramAddress? _lastDestination;
    private int _lastLength;

    public ValueTask<int> SendAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress? destination, CancellationToken cancellationToken)
    {
        (_bytes, _destination, _batch) = (bytes, destination, null);
        return StartAsync(cancellationToken);
    }

    public ValueTask<int> SendAsync(DatagramBatch batch, CancellationToken cancellationToken)
    {
        (_bytes, _destination, _batch) = (default, null, batch);
        return StartAsync(cancellationToken);
    }

    public override IPolled Source => wire.Ears[0];

    protected override int Try(bool isCertain, out bool hasMore)
    {
        (_lastDestination, _lastLength) = (_destination, _bytes.Length);
        var result = _batch is null ? wire.TrySend(_bytes.Span, _destination) : wire.TrySend(_batch);
        if (_batch is not null && result < 0)
        {
            (_lastDestination, _lastLength) = (_batch.ItemAt(_batch.Sent).Address, _batch.ItemAt(_batch.Sent).Length);
        }

        if (result is -Errno.NoBuffers or -Errno.OutOfMemory)
        {
            // No event will tell when there is memory again.
            DeliverLater();
            result = Nothing;
        }

        hasMore = result != Nothing;
        return result;
    }

    protected override Exception Translate(int errno) =>
        wire.Translate("send", errno, _lastDestination, _lastLength);

    protected override void Forget()
    {
        _bytes = default;
        _batch = null;
    }

    protected override void LeftLast() => wire.Release();

    protected override Exception WasClosed() => wire.WasClosed();
}
