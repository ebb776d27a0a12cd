namespace Switchboard.Files.Tests.Transfers;

/// <summary>
/// Connections in memory of which the next one is cut, both ways at once, when so many bytes have passed. TLS goes over
/// them, so a cut may be anywhere, in a record too.
/// </summary>
internal sealed class CuttingTransport : ITransport
{
    private readonly MemoryTransport _inner = new();

    /// <summary>How many bytes pass on the next connection before it is cut; then this is null again.</summary>
    public long? CutAfter { get; set; }

    /// <summary>How many bytes the last connection has carried.</summary>
    public long Carried { get; private set; }

    public async ValueTask<Wire> ConnectAsync(
        Endpoint endpoint, ConnectOptions options, CancellationToken cancellationToken)
    {
        var wire = await _inner.ConnectAsync(endpoint, options, cancellationToken);
        var cut = CutAfter ?? long.MaxValue;
        CutAfter = null;
        Carried = 0;
        return new CuttingWire(wire, this, cut);
    }

    public ValueTask<WireListener> BindAsync(
        Endpoint endpoint, ListenOptions options, CancellationToken cancellationToken) =>
        _inner.BindAsync(endpoint, options, cancellationToken);

    private sealed class CuttingWire(Wire inner, CuttingTransport transport, long cut) : Wire
    {
        private volatile bool _isCut;

        public override Endpoint Local => inner.Local;

        public override Endpoint Remote => inner.Remote;

        public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            try
            {
                return Count(await inner.ReceiveAsync(buffer, cancellationToken));
            }
            catch (Exception error) when (_isCut && error is not ConnectionException)
            {
                throw WasCut();
            }
        }

        public override async ValueTask<int> SendAsync(
            ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            int left;
            lock (transport)
            {
                left = (int)Math.Min(bytes.Length, cut - transport.Carried);
            }

            return Count(left > 0 ? await inner.SendAsync(bytes[..left], cancellationToken) : 0);
        }

        public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken) =>
            inner.CompleteSendingAsync(cancellationToken);

        public override void CancelReceive() => inner.CancelReceive();

        public override void Close() => inner.Close();

        public override void Abort() => inner.Abort();

        private int Count(int count)
        {
            lock (transport)
            {
                transport.Carried += count;
                if (transport.Carried < cut)
                {
                    return count;
                }
            }

            _isCut = true;
            inner.Abort();
            throw WasCut();
        }

        private ConnectionResetException WasCut() => new("carry", Local, Remote, "cut by the test");
    }
}
