namespace Switchboard.Engines.Epoll;

/// <summary>What may be asked of a listening socket.</summary>
internal sealed class AcceptOperation(EpollListener listener) : Operation
{
    private readonly byte[] _address = new byte[RawAddress.MaxBytes];
    private uint _addressLength;

    /// <summary>The address of the peer that was accepted last.</summary>
    public ReadOnlySpan<byte> Address => _address.AsSpan(0, (int)Math.Min(_addressLength, RawAddress.MaxBytes));

    /// <returns>A connected socket; the caller owns it.</returns>
    public ValueTask<int> AcceptAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    public override IPolled Source => listener;

    protected override unsafe int Try(bool isCertain, out bool hasMore)
    {
        _addressLength = RawAddress.MaxBytes;
        fixed (byte* address = _address)
        {
            var accepted = listener.Kernel.Accept(this, listener.Key.Descriptor, address, ref _addressLength);

            // Peers may wait behind this one, and behind an error.
            hasMore = accepted != Nothing;
            return accepted;
        }
    }

    protected override int CostOf(int result) => 0;

    protected override Exception Translate(int errno) => listener.Translate(errno);

    protected override void Forget()
    {
    }

    protected override void LeftLast() => listener.Release();

    protected override Exception WasClosed() => listener.WasClosed();
}
