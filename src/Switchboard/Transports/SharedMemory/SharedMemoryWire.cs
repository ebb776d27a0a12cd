using Switchboard.Connections;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// One end of a connection through shared memory. It receives from one ring and sends into the other; whoever waits is
/// woken through the socket, and on the socket's loop.
/// </summary>
internal sealed class SharedMemoryWire : Wire, IWireOwner
{
    private readonly Wire _socket;
    private readonly SharedRegion _region;
    private readonly SharedMemoryOptions _options;
    private readonly RingReceive _receive;
    private readonly RingSend _send;
    private volatile bool _peerIsGone;
    private volatile string? _broken;
    private int _isReleased;

    /// <param name="socket">Connected, and past the handshake; owned from now on.</param>
    /// <param name="region">Shared with the peer; owned from now on.</param>
    /// <param name="end">Which end this is.</param>
    /// <param name="addresses">This end's and the peer's.</param>
    /// <param name="options">How long to look for something before sleeping.</param>
    public SharedMemoryWire(
        Wire socket,
        SharedRegion region,
        RingEnd end,
        (Endpoint Local, Endpoint Remote) addresses,
        SharedMemoryOptions options)
    {
        _socket = socket;
        _region = region;
        _options = options;
        (Local, Remote) = addresses;
        Doorbell = new Doorbell(socket, this);
        var (incoming, outgoing) = end == RingEnd.Client ? (1, 0) : (0, 1);
        _receive = new RingReceive(this, new RingReader(region.Ring(incoming)));
        _send = new RingSend(this, new RingWriter(region.Ring(outgoing)));
        RingOperation.Join(_receive, _send);
        socket.Owner = this;
    }

    public override Endpoint Local { get; }

    public override Endpoint Remote { get; }

    public override PeerCredentials? PeerCredentials => _socket.PeerCredentials;

    public Doorbell Doorbell { get; }

    /// <summary>Whether the socket has ended: whatever the rings say now is the peer's last word.</summary>
    public bool PeerIsGone => _peerIsGone;

    internal override bool CloseCompletesSending => true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _receive.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _send.SendAsync(bytes, cancellationToken);

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        _send.Finish();
        return default;
    }

    public override void CancelReceive() => _receive.Stop();

    public override void Post(IThreadPoolWorkItem work) => _socket.Post(work);

    public override void Close() => Release(_send.Finish);

    public override void Abort() => Release(beforehand: null);

    public Spin NewSpin() => new(_options.SpinBeforeSleep, _options.Clock);

    internal override void NoteCancellation()
    {
        _receive.Reconsider();
        _send.Reconsider();
    }

    /// <summary>The peer has rung: what waits here looks again.</summary>
    public void WakeUp()
    {
        var hasSent = _send.TryEnd();
        if (_receive.TryEnd())
        {
            if (hasSent)
            {
                // One of the two may keep this thread, and must not keep the other.
                _send.Post();
            }

            _receive.Complete();
        }
        else if (hasSent)
        {
            _send.Complete();
        }
    }

    /// <summary>The socket has ended.</summary>
    public void NotePeerGone()
    {
        _peerIsGone = true;
        WakeUp();
    }

    /// <summary>The peer did what nobody may do: from now on both directions fail.</summary>
    /// <returns>What the caller is to be thrown.</returns>
    public ProtocolBrokenException Break(string operation, string what)
    {
        _broken ??= what;
        return new ProtocolBrokenException(
            operation, Local, Remote, $"the peer broke the rules of shared memory: {what}");
    }

    /// <exception cref="ProtocolBrokenException">The peer did what nobody may do.</exception>
    public void ThrowIfBroken(string operation)
    {
        if (_broken is { } what)
        {
            throw Break(operation, what);
        }
    }

    public ConnectionResetException PeerGone(string operation) =>
        new(operation, Local, Remote, "the peer has ended the connection");

    public ObjectDisposedException WasClosed() =>
        new(nameof(SharedMemoryWire), $"{Local} -> {Remote} was closed.");

    Exception? IWireOwner.EndReceive(int count, int asked, ReadOnlyMemory<byte> into) => null;

    Exception IWireOwner.EndReceive(Exception error, CancellationToken cancellationToken) => error;

    // The handler runs where the socket's byte was received.
    void IWireOwner.NoteStall() => Owner?.NoteStall();

    private void Release(Action? beforehand)
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
        {
            return;
        }

        beforehand?.Invoke();
        _receive.Close();
        _send.Close();

        // Invariant: both directions are closed, so nobody touches the memory any more.
        _region.Dispose();

        // Not closed in order, because a receive runs. What the peer sees of it is told by the rings.
        _socket.Abort();
    }
}
