using System.Diagnostics.CodeAnalysis;
using System.Net;
using Switchboard.Connections;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>A connected socket that a loop polls.</summary>
internal sealed class EpollWire : Wire, IPolled
{
    private const uint Ends = Libc.EpollReadHangUp | Libc.EpollHangUp | Libc.EpollError | Libc.EpollUrgent;
    private const uint ForReceiver = Libc.EpollIn | Ends;
    private const uint ForSender = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;

    // The releaser and the two directions: the last of them to let go closes the descriptor.
    private const int Holders = 3;

    private readonly EpollEngine _engine;
    private readonly ReceiveOperation _receive;
    private readonly SendOperation _send;
    private readonly PeerAddress _peer;
    private Endpoint _local;
    private Endpoint? _remote;
    private readonly bool _isTcp;
    private int _holders = Holders;
    private int _isReleased;
    private StallMark _mark;
    private volatile bool _aborts;
    private volatile bool _hasSeenEnd;
    private volatile bool _mayCarryDescriptors;

    /// <param name="engine">Whose loops poll it.</param>
    /// <param name="loop">The one that does.</param>
    /// <param name="descriptor">Connected, or about to be; owned from now on.</param>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="peer">The same as an address, instead of it.</param>
    public EpollWire(
        EpollEngine engine,
        EventLoop loop,
        int descriptor,
        Endpoint local,
        Endpoint? remote,
        PeerAddress peer = default)
    {
        _engine = engine;
        Loop = loop;
        Key = PolledKey.New(descriptor);
        _local = local;
        _remote = remote;
        _peer = peer;
        _receive = new ReceiveOperation(this);
        _send = new SendOperation(this);

        _isTcp = remote is not UnixEndpoint;

        // A unix socket's receive also ends where somebody sent descriptors along, with more behind it.
        _mayCarryDescriptors = !_isTcp;
        PeerCredentials = !_isTcp ? SocketNumbers.GetPeerCredentials(descriptor) : null;
    }

    public EventLoop Loop { get; }

    public PolledKey Key { get; }

    public Kernel Kernel => _engine.Kernel;

    public override Endpoint Local => _local;

    public override Endpoint Remote => _remote ??= _peer.ToEndpoint();

    internal override IPAddress? RemoteAddress => _remote is null ? _peer.Address : base.RemoteAddress;

    public override PeerCredentials? PeerCredentials { get; }

    /// <summary>Whether a receive that got less than it asked for may have left something.</summary>
    public bool MayHoldBack => _hasSeenEnd || _mayCarryDescriptors;

    internal override bool TellsOwner => true;

    internal override bool CloseCompletesSending => true;

    CancellationToken IPolled.WatchedToken => WatchedToken;

    public bool IsBlocker => _mark.IsBlocker;

    /// <summary>To be called before it is polled, when a connect was begun and has not ended.</summary>
    public void IsConnecting() => _send.AwaitEvent();

    /// <summary>
    /// To be called before it is polled, when it was accepted: the kernel tells at once if there are bytes already, and
    /// nobody has to ask.
    /// </summary>
    public void IsAccepted() => _receive.AwaitEvent();

    /// <summary>Completes when a connect that was begun has succeeded or failed; 0, or its error number.</summary>
    public async ValueTask<int> ConnectedAsync(CancellationToken cancellationToken)
    {
        await _send.SendAsync(ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false);
        return _send.EndConnect(ref _local);
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _receive.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _send.SendAsync(bytes, cancellationToken);

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        _send.Complete();
        return default;
    }

    internal override KernelBuffer? RentKernelBuffer(Wire target) => target is EpollWire ? PipeBuffer.TryRent() : null;

    internal override ValueTask<int> ReceiveIntoAsync(KernelBuffer buffer) => _receive.ReceiveAsync((PipeBuffer)buffer);

    internal override ValueTask<int> SendFromAsync(KernelBuffer buffer) => _send.SendAsync((PipeBuffer)buffer);

    internal override void ExpectNoDescriptors() => _mayCarryDescriptors = false;

    internal override void NoteCancellation()
    {
        _receive.Reconsider();
        _send.Reconsider();
    }

    internal override void Rename(Endpoint local, Endpoint remote) => (_local, _remote) = (local, remote);

    public override void CancelReceive() => _receive.Stop();

    public override void Post(IThreadPoolWorkItem work) => Loop.Post(work, this);

    internal override int? TakeDescriptor()
    {
        var taken = Descriptors.Duplicate(Key.Descriptor);

        // The kernel polls the socket, not our number for it: without this its events would go on for ever.
        Loop.Unregister(this);
        Close();
        return taken;
    }

    public override void Close() => LetGoOfAll();

    public override void Abort()
    {
        _aborts = true;
        LetGoOfAll();
    }

    public void Happen(uint happenings)
    {
        if ((happenings & Ends) != 0)
        {
            _hasSeenEnd = true;
        }

        if ((happenings & ForReceiver) != 0)
        {
            // A mark alone is nothing that can be received.
            Deliver(_receive, isCertain: (happenings & ~Libc.EpollUrgent & ForReceiver) != 0);
        }

        if ((happenings & ForSender) != 0)
        {
            Deliver(_send, isCertain: true);
        }
    }

    public void NoteStall()
    {
        _mark.NoteStall();
        Owner?.NoteStall();
    }

    public void NoteLaneRun(bool wasQuick) => _mark.NoteLaneRun(wasQuick);

    public void Abandon() => Abort();

    /// <summary>Lets go of the descriptor; to be called once by each holder.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _engine.Forget(this);
            if (_aborts && _isTcp)
            {
                SocketNumbers.ResetOnClose(Key.Descriptor);
            }

            _ = Libc.Close(Key.Descriptor);
        }
    }

    public Exception Translate(string operation, int errno) =>
        SocketErrors.Translate(Errno.ToException(errno), operation, Local, Remote);

    [SuppressMessage("Performance", "CA1859", Justification = "Callers throw whatever it is.")]
    public Exception WasClosed() => new ObjectDisposedException(nameof(EpollWire), $"{Local} -> {Remote} was closed.");

    private void Deliver(Operation operation, bool isCertain)
    {
        if (IsBlocker && operation.IsParked)
        {
            _engine.Crew.RunOnLane(new Job(operation, this));
        }
        else
        {
            operation.Deliver(isCertain);
        }
    }

    private void LetGoOfAll()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
        {
            return;
        }

        if (_receive.Close())
        {
            Release();
        }

        if (_send.Close())
        {
            Release();
        }

        Release();
    }
}
