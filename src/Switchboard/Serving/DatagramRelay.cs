using System.Diagnostics.CodeAnalysis;
using Switchboard.Serving.Relays;

namespace Switchboard;

/// <summary>
/// Hears datagrams at one socket and gives each address that sends a connection or a socket of its own to the target:
/// its datagrams go there, as frames if that is a stream, and what comes back goes to it. What cannot be passed on is
/// dropped, counted and told, and ends nothing.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "They live as long as the last address, and have no timers.")]
public sealed class DatagramRelay : IAsyncDisposable
{
    // A stranger who sends on must not keep a relay from stopping.
    private const int MaxTakenAtStop = 4096;
    private const int MaxLooksAtStop = 4096;

    private readonly DatagramSocket _socket;
    private readonly RelayOptions _options;
    private readonly RelayedPeers _peers;
    private readonly CancellationTokenSource _stopHearing = new();
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private readonly Lock _stopLock = new();
    private Task<DrainResult>? _stopped;

    private DatagramRelay(DatagramSocket socket, Endpoint target, RelayOptions options)
    {
        _socket = socket;
        _options = options;
        _peers = new RelayedPeers(socket, target, options);
        Relaying = HearAsync();
    }

    /// <summary>Where it hears, with the port that was really bound.</summary>
    public UdpEndpoint Local => _socket.Local;

    /// <summary>
    /// Completes when nothing is heard any more: in order once it was told to stop, with the exception if its socket
    /// broke.
    /// </summary>
    public Task Relaying { get; }

    /// <summary>Hears datagrams at an endpoint and relays them. Peers can send when this completes.</summary>
    /// <param name="local">Where to hear, for example <c>"udp://localhost:7347"</c>; port 0 takes a free one.</param>
    /// <param name="target">
    /// Where to connect to, once for each address. With one of UDP datagrams stay what they are; any other is a stream,
    /// and needs <see cref="RelayOptions.Framing"/>.
    /// </param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting; the running relay does not obey it.</param>
    /// <returns>The relay; disposing it stops it.</returns>
    /// <exception cref="BindException">The address cannot be had; the exception says why.</exception>
    /// <exception cref="ArgumentException">
    /// It is no UDP endpoint, or the target is a stream and there is no framing.
    /// </exception>
    public static async Task<DatagramRelay> StartAsync(
        Endpoint local, Endpoint target, RelayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        options ??= RelayOptions.Default;
        if (target is not UdpEndpoint)
        {
            Relay.ThrowIfNoFraming(options);
        }

        var socket = await DatagramSocket.BindAsync(local, options.Datagrams, cancellationToken).ConfigureAwait(false);
        return new DatagramRelay(socket, target, options);
    }

    /// <summary>What the relay has done so far.</summary>
    public DatagramRelayStatistics GetStatistics() => _peers.GetStatistics();

    /// <summary>
    /// Stops: takes what has come already, and nothing after that; finishes sending to the targets; waits for what they
    /// still answer; cuts off those that are left; and reports both counts. A second call waits for the first one's
    /// result.
    /// </summary>
    /// <param name="drain">How long targets may take; null for <see cref="RelayOptions.DrainTimeout"/>.</param>
    /// <param name="cancellationToken">
    /// Ends the waiting for targets, not the stop: what is left is cut off at once.
    /// </param>
    public Task<DrainResult> StopAsync(TimeSpan? drain = null, CancellationToken cancellationToken = default)
    {
        lock (_stopLock)
        {
            return _stopped ??= DrainAsync(drain ?? _options.DrainTimeout, cancellationToken);
        }
    }

    /// <summary>Stops as <see cref="StopAsync"/> does by default.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task HearAsync()
    {
        // Whoever starts a relay must not have to wait until nobody sends for a moment.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            while (true)
            {
                Take(await _socket.ReceiveAsync(_buffer, _stopHearing.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (_stopHearing.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    private void Take(ReceivedDatagram received) =>
        _peers.Take(received.From, _buffer.AsSpan(0, received.Length));

    private async Task<DrainResult> DrainAsync(TimeSpan drain, CancellationToken cancellationToken)
    {
        var time = _options.Datagrams.TimeProvider;
        var started = time.GetTimestamp();
        await _stopHearing.CancelAsync().ConfigureAwait(false);
        await Relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TakeWhatHasComeAsync().ConfigureAwait(false);
        var (finished, aborted) = await _peers.StopAsync(drain, cancellationToken).ConfigureAwait(false);
        await _socket.DisposeAsync().ConfigureAwait(false);
        return new DrainResult(finished, aborted, time.GetElapsedTime(started));
    }

    private async ValueTask TakeWhatHasComeAsync()
    {
        if (Relaying.IsFaulted)
        {
            return;
        }

        for (var taken = 0; taken < MaxTakenAtStop && await TryReceiveAsync().ConfigureAwait(false); taken++)
        {
        }
    }

    /// <summary>Takes one more, if it is there already.</summary>
    private async ValueTask<bool> TryReceiveAsync()
    {
        using var waits = new CancellationTokenSource();
        var receiving = _socket.ReceiveAsync(_buffer, waits.Token).AsTask();
        for (var look = 0; look < MaxLooksAtStop && !receiving.IsCompleted && _socket.HasUnread; look++)
        {
            // An engine without loops hears of it on another thread.
            await Task.Yield();
        }

        if (!receiving.IsCompleted)
        {
            await waits.CancelAsync().ConfigureAwait(false);
            await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!receiving.IsCompletedSuccessfully)
        {
            return false;
        }

        Take(await receiving.ConfigureAwait(false));
        return true;
    }
}
