using System.Net;
using Switchboard.Connections;
using Switchboard.Observing;

namespace Switchboard;

/// <summary>
/// Bytes both ways, in order, between two ends. One receive and one send may run at a time, next to each other; for
/// many senders, or for messages, use <see cref="Frames"/>. Disposing closes in order and loses nothing that was sent;
/// <see cref="Abort()"/> does not wait.
/// </summary>
/// <remarks>
/// Operations fail in four ways. You misused it: <see cref="InvalidOperationException"/>. You closed it:
/// <see cref="ObjectDisposedException"/>. The peer or the network broke it: <see cref="ConnectionException"/>. The
/// peer's bytes are wrong: <see cref="FramingException"/>.
/// </remarks>
public sealed partial class Connection : IAsyncDisposable, IWireOwner
{
    // In the place of whoever is told, when there was nobody to tell yet.
    private static readonly Action<Connection> HasStalled = static _ => { };

    private static long _lastId;

    private readonly Wire _wire;
    private readonly ConnectionOptions _options;
    private readonly long _openedAt;
    private readonly Turn _receiving = new();
    private readonly Turn _sending = new();
    private Action<Connection>? _whenStalled;

    /// <summary>Puts a connection in front of a transport's wire, and owns it from then on.</summary>
    /// <param name="wire">The bytes; nobody else may use it any more.</param>
    /// <param name="options">How the connection behaves; null for the defaults.</param>
    public Connection(Wire wire, ConnectionOptions? options = null)
    {
        _wire = wire;
        _wire.Owner = this;
        _options = options ?? ConnectionOptions.Default;
        _openedAt = _options.TimeProvider.GetTimestamp();
        Id = Interlocked.Increment(ref _lastId);
        Meters.ConnectionOpened(wire.Local.Scheme);
        Watch?.Opened(this);
    }

    /// <summary>A number that no other connection of this process has, counted from 1.</summary>
    public long Id { get; }

    /// <summary>This end's address.</summary>
    public Endpoint Local => _wire.Local;

    /// <summary>The peer's address.</summary>
    public Endpoint Remote => _wire.Remote;

    /// <summary>
    /// Who the peer is, where the operating system vouches for it (unix sockets and named pipes on Linux); otherwise
    /// null.
    /// </summary>
    public PeerCredentials? PeerCredentials => _wire.PeerCredentials;

    /// <summary>
    /// Whether <see cref="CompleteSendingAsync"/> can finish sending while receiving goes on. Only the named pipes and
    /// the standard streams of systems other than Linux cannot; closing them ends both ways.
    /// </summary>
    public bool CanHalfClose => _wire.CanHalfClose;

    /// <summary>What the TLS handshake agreed on, and who the peer is by it; null without TLS.</summary>
    public TlsDetails? Tls => _wire.Tls;

    internal ConnectionOptions Options => _options;

    /// <summary>Bytes received from the peer and taken by this program so far.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes that the operating system took for the peer so far.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>What the connection has done so far.</summary>
    public ConnectionStatistics GetStatistics() => new(
        Volatile.Read(ref _bytesReceived),
        Volatile.Read(ref _bytesSent),
        Volatile.Read(ref _receives),
        Volatile.Read(ref _sends),
        Volatile.Read(ref _end)?.Age ?? Age);

    private TimeSpan Age => _options.TimeProvider.GetElapsedTime(_openedAt);

    /// <summary>Whom the connection joins: <c>tcp://127.0.0.1:7342 -> tcp://127.0.0.1:51324</c>.</summary>
    public override string ToString() => $"{Local} -> {Remote}";

    /// <summary>Finds frames in what is received and sends frames.</summary>
    /// <param name="framing">The rule both ends agree on.</param>
    /// <returns>
    /// Frames both ways. Disposing it sends what still waits and gives unread bytes back to this connection, which
    /// stays open.
    /// </returns>
    public FramedConnection Frames(Framing framing) => new(this, framing);

    /// <summary>Runs a piece of work soon, where receives and sends that had to wait go on.</summary>
    internal void Post(IThreadPoolWorkItem work) => _wire.Post(work);

    /// <summary>
    /// Calls back once, from the thread pool, when code of this connection has first kept others waiting; if it has
    /// done so already, soon.
    /// </summary>
    internal void WhenStalled(Action<Connection> told)
    {
        if (Interlocked.CompareExchange(ref _whenStalled, told, null) == HasStalled)
        {
            TellLater(told);
        }
    }

    /// <summary>The peer's address as a number; null for a transport that has none.</summary>
    internal IPAddress? RemoteAddress => _wire.RemoteAddress;

    /// <summary>
    /// Promises to tell of this token's cancellation with <see cref="NoteCancellation"/>, so that no operation has to
    /// register with it.
    /// </summary>
    internal void WatchFor(CancellationToken token) => _wire.WatchedToken = token;

    internal void NoteCancellation() => _wire.NoteCancellation();

    void IWireOwner.NoteStall()
    {
        if (Interlocked.Exchange(ref _whenStalled, HasStalled) is { } told && told != HasStalled)
        {
            TellLater(told);
        }
    }

    private void TellLater(Action<Connection> told) =>
        ThreadPool.UnsafeQueueUserWorkItem(told, this, preferLocal: false);

    private InvalidOperationException Misused(string problem) => new($"{this}: {problem}");

    private ObjectDisposedException Disposed() =>
        new(nameof(Connection), $"This end has closed the connection {this}.");
}
