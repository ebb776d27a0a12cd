using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Switchboard.Connections;
using Switchboard.Transports;

namespace Switchboard;

/// <summary>
/// Accepts connections at an endpoint. A peer that is gone before it is accepted is passed over, and when the process
/// has run out of descriptors accepting pauses and goes on later: neither ends the listener.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "A cancellation without a timer holds nothing to release.")]
public sealed class Listener : IAsyncDisposable
{
    // So many peers do not leave one after the other: it is an error that nobody foresaw, and it may stay.
    private const int GoneBeforePause = 1000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly WireListener _wires;
    private readonly ListenOptions _options;
    private readonly Turn _accepting = new();
    private readonly CancellationTokenSource _disposed = new();
    private TimeSpan _pause = FirstPause;
    private int _goneInARow;
    private long _accepted;
    private long _passedOver;
    private long _pauses;
    private int _isClosed;

    /// <summary>Puts a listener in front of a transport's, and owns it from then on.</summary>
    /// <param name="wires">Nobody else may use it any more.</param>
    /// <param name="options">How accepted connections behave; null for the defaults.</param>
    public Listener(WireListener wires, ListenOptions? options = null)
    {
        _wires = wires;
        _options = options ?? ListenOptions.Default;
        Watch?.Opened(this);
    }

    /// <summary>Where it listens, with the port that was really bound.</summary>
    public Endpoint Local => _wires.Local;

    /// <summary>How many peers may wait to be accepted, as it was asked for.</summary>
    public int Backlog => _options.Backlog;

    /// <summary>Who is told of all listeners; null for nobody.</summary>
    internal static IListenerWatch? Watch { get; set; }

    internal bool IsShared => _wires.IsShared;

    /// <summary>Waits for the next connection. The caller owns it.</summary>
    /// <param name="cancellationToken">Ends the wait; nobody who is connecting is lost.</param>
    /// <exception cref="InvalidOperationException">Another accept is running.</exception>
    /// <exception cref="ObjectDisposedException">The listener was disposed.</exception>
    /// <exception cref="AcceptException">The listening socket is broken, and no later accept would succeed.</exception>
    public async ValueTask<Connection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (!_accepting.TryTake())
        {
            throw _accepting.IsClosed
                ? new ObjectDisposedException(nameof(Listener), $"The listener at {Local} was closed.")
                : new InvalidOperationException($"listen {Local}: two accepts at once. Wait for the first to end.");
        }

        try
        {
            var wire = await AcceptWireAsync(cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _accepted);
            var connection = new Connection(wire, _options.Connection);
            Watch?.Accepted(this, connection);
            return connection;
        }
        finally
        {
            _accepting.Release();
        }
    }

    /// <summary>Yields each connection until the listener is disposed. The caller owns them.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AcceptException">The listening socket is broken, and no later accept would succeed.</exception>
    public async IAsyncEnumerable<Connection> AcceptAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!_accepting.IsClosed)
        {
            Connection connection;
            try
            {
                connection = await AcceptAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                yield break;
            }

            yield return connection;
        }
    }

    /// <summary>What the listener has done so far.</summary>
    public ListenerStatistics GetStatistics() => new(
        Interlocked.Read(ref _accepted),
        Interlocked.Read(ref _passedOver) + _wires.PassedOver,
        Interlocked.Read(ref _pauses));

    /// <summary>
    /// Stops listening; an accept that waits ends. Peers that had not been accepted are reset by the operating system.
    /// Accepted connections go on.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var left = _accepting.CloseAsync();
        _wires.Close();
        await _disposed.CancelAsync().ConfigureAwait(false);
        await left.ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Watch?.Closed(this);
        }
    }

    private async ValueTask<Wire> AcceptWireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var wire = await _wires.AcceptAsync(cancellationToken).ConfigureAwait(false);
                _pause = FirstPause;
                _goneInARow = 0;
                return wire;
            }
            catch (AcceptException error) when (
                error.Failure == AcceptFailure.PeerGone && ++_goneInARow < GoneBeforePause)
            {
                Interlocked.Increment(ref _passedOver);
            }
            catch (AcceptException error) when (error.Failure != AcceptFailure.Fatal)
            {
                await PauseAsync(error, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Each pause twice the last: what is short now may be short for a while, and asking costs the processor.
    private async ValueTask PauseAsync(AcceptException error, CancellationToken cancellationToken)
    {
        var pause = _pause;
        _pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        Interlocked.Increment(ref _pauses);
        _options.AcceptPaused?.Invoke(error, pause);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        await Task.Delay(pause, _options.Connection.TimeProvider, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_accepting.IsClosed, this);
    }
}
