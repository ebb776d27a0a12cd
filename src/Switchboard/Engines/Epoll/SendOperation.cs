namespace Switchboard.Engines.Epoll;

/// <summary>The sending direction of a connection.</summary>
internal sealed class SendOperation(EpollWire wire) : Operation
{
    private ReadOnlyMemory<byte> _bytes;
    private PipeBuffer? _pipe;

    /// <param name="bytes">The caller's. None at all waits for room, or the end of a connect that runs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _bytes = bytes;
        return StartAsync(cancellationToken);
    }

    /// <param name="pipe">Not empty, and the caller's alone.</param>
    public ValueTask<int> SendAsync(PipeBuffer pipe)
    {
        _pipe = pipe;
        return StartAsync(CancellationToken.None);
    }

    /// <summary>Looks how a connect has ended.</summary>
    /// <param name="local">This end's address, which TCP knows only now.</param>
    /// <returns>0, or the error number.</returns>
    public int EndConnect(ref Endpoint local)
    {
        if (!TryEnter())
        {
            throw WasClosed();
        }

        try
        {
            var error = SocketNumbers.GetError(wire.Key.Descriptor);
            if (error == 0 && wire.Remote is TcpEndpoint)
            {
                local = RawAddress.LocalOf(wire.Key.Descriptor);
            }

            return error;
        }
        finally
        {
            Leave(hasMore: true);
        }
    }

    /// <summary>Tells the peer that nothing more will be sent.</summary>
    public void Complete()
    {
        if (!TryEnter())
        {
            throw WasClosed();
        }

        var result = SocketNumbers.Shutdown(wire.Key.Descriptor);
        Leave(hasMore: true);
        if (result < 0)
        {
            throw wire.Translate("complete sending", -result);
        }
    }

    public override IPolled Source => wire;

    protected override int Try(bool isCertain, out bool hasMore)
    {
        if (_bytes.IsEmpty && _pipe is null)
        {
            hasMore = isCertain || SocketNumbers.IsWritable(wire.Key.Descriptor);
            return hasMore ? 0 : Nothing;
        }

        var count = _pipe is null
            ? SendBytes()
            : wire.Kernel.SendFrom(this, wire.Key.Descriptor, _pipe);
        if (count is -Errno.NoBuffers or -Errno.OutOfMemory)
        {
            // No event will tell when there is memory again.
            DeliverLater();
            count = Nothing;
        }

        hasMore = count != Nothing;
        return count;
    }

    protected override Exception Translate(int errno) => wire.Translate("send", errno);

    protected override void Forget()
    {
        _bytes = default;
        _pipe = null;
    }

    protected override void LeftLast() => wire.Release();

    protected override Exception WasClosed() => wire.WasClosed();

    private unsafe int SendBytes()
    {
        fixed (byte* bytes = _bytes.Span)
        {
            return wire.Kernel.Send(this, wire.Key.Descriptor, bytes, _bytes.Length);
        }
    }
}
