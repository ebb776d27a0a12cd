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
public sealed partial class Connection : IAsyncDisposable
{
    private static long _lastId;

    private readonly Wire _wire;
    private readonly ConnectionOptions _options;
    private readonly long _openedAt;
    private readonly Turn _receiving = new();
    private readonly Turn _sending = new();

    /// <summary>Puts a connection in front of a transport's wire, and owns it from then on.</summary>
    /// <param name="wire">The bytes; nobody else may use it any more.</param>
    /// <param name="options">How the connection behaves; null for the defaults.</param>
    public Connection(Wire wire, ConnectionOptions? options = null)
    {
        _wire = wire;
        _options = options ?? ConnectionOptions.Default;
        _openedAt = _options.TimeProvider.GetTimestamp();
        Id = Interlocked.Increment(ref _lastId);
        Meters.ConnectionOpened(wire.Local.Scheme);
    }

    /// <summary>A number that no other connection of this process has, counted from 1.</summary>
    public long Id { get; }

    /// <summary>This end's address.</summary>
    public Endpoint Local => _wire.Local;

    /// <summary>The peer's address.</summary>
    public Endpoint Remote => _wire.Remote;

    /// <summary>
    /// Who the peer is, where the operating system vouches for it (unix sockets on Linux); otherwise null.
    /// </summary>
    public PeerCredentials? PeerCredentials => _wire.PeerCredentials;

    internal ConnectionOptions Options => _options;

    /// <summary>What the connection has done so far.</summary>
    public ConnectionStatistics GetStatistics() => new(
        Volatile.Read(ref _bytesReceived),
        Volatile.Read(ref _bytesSent),
        Volatile.Read(ref _receives),
        Volatile.Read(ref _sends),
        _closed.Task.IsCompletedSuccessfully ? _closed.Task.Result.Age : Age);

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

    /// <summary>Calls back, once and from any thread, when the handler has first kept others waiting.</summary>
    internal void WhenStalled(Action told) => _wire.WhenStalled(told);

    private InvalidOperationException Misused(string problem) => new($"{this}: {problem}");

    private ObjectDisposedException Disposed() =>
        new(nameof(Connection), $"This end has closed the connection {this}.");
}
