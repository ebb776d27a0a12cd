using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Switchboard.Transports.SharedMemory;

/// <summary>
/// Accepts at the socket, and shakes hands with whoever came, all of them next to each other: a peer that says nothing
/// holds nobody up, and one that is let in can send before it is accepted here.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore and a cancellation without a timer hold nothing.")]
internal sealed class SharedMemoryListener : WireListener
{
    // More wait in the socket's backlog. Each of these has its memory already.
    private const int MaxWaiting = 64;

    // So many do not leave one after the other: it is an error that nobody foresaw, and it may stay.
    private const int GoneBeforePause = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly WireListener _sockets;
    private readonly SharedMemoryOptions _options;
    private readonly TimeProvider _time;
    private readonly SharedMemoryEndpoint _local;
    private readonly SemaphoreSlim _room;
    private readonly Channel<Arrival> _arrivals = Channel.CreateUnbounded<Arrival>();
    private readonly CancellationTokenSource _closed = new();
    private int _goneInARow;
    private int _failuresToTell;

    /// <param name="local">What it is called.</param>
    /// <param name="sockets">Where peers knock; owned from now on.</param>
    /// <param name="backlog">How many may wait.</param>
    /// <param name="options">How connections work.</param>
    /// <param name="time">Limits how long a handshake takes.</param>
    public SharedMemoryListener(
        SharedMemoryEndpoint local,
        WireListener sockets,
        int backlog,
        SharedMemoryOptions options,
        TimeProvider time)
    {
        _local = local;
        _sockets = sockets;
        _options = options;
        _time = time;
        _room = new SemaphoreSlim(Math.Min(backlog, MaxWaiting));
        _ = AcceptAllAsync();
    }

    public override Endpoint Local => _local;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            var arrival = await _arrivals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return Take(arrival);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SharedMemoryListener), $"The listener at {Local} was closed.");
        }
    }

    public override void Close()
    {
        _sockets.Close();
        _arrivals.Writer.TryComplete();
        _closed.Cancel();
        while (_arrivals.Reader.TryRead(out var never))
        {
            never.Wire?.Abort();
        }
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                // Before accepting: whoever finds no room waits in the socket's backlog.
                await _room.WaitAsync(_closed.Token).ConfigureAwait(false);
                await AcceptOneAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async ValueTask AcceptOneAsync()
    {
        try
        {
            var socket = await _sockets.AcceptAsync(_closed.Token).ConfigureAwait(false);
            _goneInARow = 0;
            _ = ShakeHandsAsync(socket);
        }
        catch (AcceptException failure)
        {
            _room.Release();
            if (failure.Failure != AcceptFailure.PeerGone || ++_goneInARow >= GoneBeforePause)
            {
                Tell(failure);
                await Task.Delay(Pause, _time, _closed.Token).ConfigureAwait(false);
            }
        }
    }

    // Whoever accepts hears of it, and pauses as well; peers go on being let in whether anybody accepts or not.
    private void Tell(AcceptException failure)
    {
        if (Interlocked.Exchange(ref _failuresToTell, 1) == 0)
        {
            _arrivals.Writer.TryWrite(new Arrival(null, failure));
        }
    }

    private SharedMemoryWire Take(Arrival arrival)
    {
        if (arrival.Failure is { } failure)
        {
            Volatile.Write(ref _failuresToTell, 0);
            throw failure;
        }

        _room.Release();
        return arrival.Wire!;
    }

    /// <summary>Lets one peer in, or sends it away. Never throws.</summary>
    private async Task ShakeHandsAsync(Wire socket)
    {
        SharedMemoryWire? wire = null;
        try
        {
            using var patience = new CancellationTokenSource(Patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _closed.Token);
            var region = await Handshake.AnswerAsync(socket, _options.BufferBytes, either.Token).ConfigureAwait(false);
            wire = region is null ? null : new SharedMemoryWire(
                socket, region, RingEnd.Server, (_local, SharedMemoryTransport.Unnamed), _options);
            wire?.Doorbell.Open();
        }
        catch (Exception error) when (
            error is ConnectionException or OperationCanceledException or ObjectDisposedException)
        {
            // It left, or took too long.
        }

        if (wire is not null && _arrivals.Writer.TryWrite(new Arrival(wire, null)))
        {
            return;
        }

        wire?.Abort();
        socket.Abort();
        _room.Release();
    }

    private readonly record struct Arrival(SharedMemoryWire? Wire, AcceptException? Failure);
}
