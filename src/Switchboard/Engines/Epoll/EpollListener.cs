using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// A listening socket that a loop polls. Peers are accepted one after the other until none is left, for one event.
/// </summary>
internal sealed class EpollListener : WireListener, IPolled
{
    // The closer and whoever is in a call.
    private const int Holders = 2;

    private readonly EpollEngine _engine;
    private readonly Socket _socket;
    private readonly AcceptOperation _accept;
    private readonly Func<EventLoop> _loopForAccepted;
    private readonly bool _isOneAddress;
    private int _holders = Holders;
    private int _isClosed;
    private int _isReleased;

    /// <param name="engine">Whose loops poll it.</param>
    /// <param name="loop">The one that does.</param>
    /// <param name="socket">Bound and listening, and set not to block; owned from now on.</param>
    /// <param name="loopForAccepted">Which loop polls the next connection.</param>
    /// <param name="isShared">Whether other processes listen at the same socket.</param>
    public EpollListener(
        EpollEngine engine,
        EventLoop loop,
        Socket socket,
        Func<EventLoop> loopForAccepted,
        bool isShared)
    {
        IsShared = isShared;
        _engine = engine;
        _socket = socket;
        _loopForAccepted = loopForAccepted;
        Loop = loop;
        Key = PolledKey.New((int)socket.Handle);
        Local = SocketAddresses.ToEndpoint(socket.LocalEndPoint);
        _isOneAddress = Local is not TcpEndpoint { IsAnyAddress: true };
        _accept = new AcceptOperation(this);
    }

    public EventLoop Loop { get; }

    public PolledKey Key { get; }

    public Kernel Kernel => _engine.Kernel;

    public bool IsBlocker => false;

    public CancellationToken WatchedToken => default;

    public override Endpoint Local { get; }

    internal override bool IsShared { get; }

    public override ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        var accepting = _accept.AcceptAsync(cancellationToken);
        return accepting.IsCompletedSuccessfully ? new(ToWire(accepting.Result)) : AwaitAsync(accepting);
    }

    public override void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            if (_accept.Close())
            {
                Release();
            }

            Release();

            // Nobody is let in, and no file is in the way, when this returns: who is in a call leaves it at once.
            var spin = default(SpinWait);
            while (Volatile.Read(ref _isReleased) == 0)
            {
                spin.SpinOnce();
            }
        }
    }

    public void Happen(uint happenings) => _accept.Deliver(isCertain: true);

    public void NoteStall()
    {
        // Whoever accepts and does not return is taken from the loop like anybody; there is nothing to remember.
    }

    public void NoteLaneRun(bool wasQuick)
    {
    }

    public void Abandon() => Close();

    /// <summary>Lets go of the descriptor; to be called once by each holder.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            // Others may listen at the same socket, and the kernel polls that, not our number for it.
            Loop.Unregister(this);
            _engine.Forget(this);
            _socket.Dispose();
            Volatile.Write(ref _isReleased, 1);
        }
    }

    public AcceptException Translate(int errno) => SocketErrors.TranslateAccept(Errno.ToException(errno), Local);

    public ObjectDisposedException WasClosed() =>
        new(nameof(EpollListener), $"The listener at {Local} was closed.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Wire> AwaitAsync(ValueTask<int> accepting) =>
        ToWire(await accepting.ConfigureAwait(false));

    private EpollWire ToWire(int descriptor)
    {
        try
        {
            var wire = Own(descriptor);
            wire.IsAccepted();
            return _engine.Poll(wire);
        }
        catch (SocketException error)
        {
            // Whatever is wrong with the accepted socket, the listening one is fine.
            throw new AcceptException(Local, AcceptFailure.PeerGone, error.Message, error);
        }
    }

    /// <summary>A wire that owns the descriptor from now on; if there is none, nobody does.</summary>
    private EpollWire Own(int descriptor)
    {
        try
        {
            var local = _isOneAddress ? Local : RawAddress.LocalOf(descriptor);
            return Local is UnixEndpoint
                ? new EpollWire(_engine, _loopForAccepted(), descriptor, local, UnixEndpoint.Unnamed)
                : new EpollWire(_engine, _loopForAccepted(), descriptor, local, null, new PeerAddress(_accept.Address));
        }
        catch
        {
            // Only here: a wire closes it itself, and closed twice it may be somebody else's by then.
            _ = Libc.Close(descriptor);
            throw;
        }
    }
}
