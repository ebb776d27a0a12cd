namespace Switchboard.Engines.Epoll;

/// <summary>The receiving direction of a connection.</summary>
internal sealed class ReceiveOperation(EpollWire wire) : Operation
{
    private Memory<byte> _buffer;
    private PipeBuffer? _pipe;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _buffer = buffer;
        return StartAsync(cancellationToken);
    }

    /// <param name="pipe">Empty, and the caller's alone.</param>
    public ValueTask<int> ReceiveAsync(PipeBuffer pipe)
    {
        _pipe = pipe;
        return StartAsync(CancellationToken.None);
    }

    public override IPolled Source => wire;

    protected override unsafe int Try(bool isCertain, out bool hasMore)
    {
        if (_pipe is not null)
        {
            var passed = wire.Kernel.ReceiveInto(this, wire.Key.Descriptor, _pipe);

            // A pipe has places for so many pieces, however small they are: there may be more.
            hasMore = passed != Nothing;
            return passed;
        }

        if (_buffer.IsEmpty)
        {
            var result = isCertain ? 0 : Peek();
            hasMore = result != Nothing;
            return result;
        }

        fixed (byte* buffer = _buffer.Span)
        {
            var count = wire.Kernel.Receive(this, wire.Key.Descriptor, buffer, _buffer.Length, flags: 0);

            // Invariant 8: who got less than it asked for has got everything, unless an end or a mark is in the way.
            hasMore = count == _buffer.Length || (count != Nothing && wire.MayHoldBack);
            return count;
        }
    }

    protected override Exception? End(int result)
    {
        var (asked, into) = (_pipe?.Capacity ?? _buffer.Length, _buffer);
        Forget();
        return wire.Owner?.EndReceive(result, asked, into);
    }

    protected override Exception End(Exception error, CancellationToken cancellationToken)
    {
        Forget();
        return wire.Owner?.EndReceive(error, cancellationToken) ?? error;
    }

    protected override Exception Translate(int errno) => wire.Translate("receive", errno);

    protected override void Forget()
    {
        _buffer = default;
        _pipe = null;
    }

    protected override void LeftLast() => wire.Release();

    protected override Exception WasClosed() => wire.WasClosed();

    // Whoever waits without a buffer is told only of bytes, or the end, that are there.
    private unsafe int Peek()
    {
        byte one;
        var count = wire.Kernel.Receive(this, wire.Key.Descriptor, &one, 1, Libc.Peek);
        return count > 0 ? 0 : count;
    }
}
