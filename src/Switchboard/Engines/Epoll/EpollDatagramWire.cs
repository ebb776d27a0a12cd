using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Switchboard.Datagrams;
using Switchboard.Engines.Sockets;

namespace Switchboard.Engines.Epoll;

/// <summary>
/// Sockets for datagrams that a loop polls. Receiving is one operation, whichever of them has something. Each send is
/// one call of its own, made at once by whoever asks; those that find no room wait in a queue.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a handle has nothing to dispose.")]
internal sealed class EpollDatagramWire : DatagramWire
{
    private const uint ForReceiver = Libc.EpollIn | Libc.EpollHangUp | Libc.EpollError;
    private const uint ForSender = Libc.EpollOut | Libc.EpollHangUp | Libc.EpollError;

    private readonly EpollEngine _engine;
    private readonly DatagramReceiveOperation _receive;
    private readonly DatagramSendOperation _send;
    private readonly SemaphoreSlim _waitingToSend = new(1);
    private StallMark _mark;

    // Larger ones the kernel does not cut from a joined send.
    private int _maxSegmentBytes = ushort.MaxValue;

    // The releaser and the two operations, and each send that runs: the last of them to let go closes the sockets.
    private int _holders = 3;
    private int _isReleased;

    /// <param name="engine">Whose loops poll it.</param>
    /// <param name="loop">The one that does.</param>
    /// <param name="sockets">Bound, or one connected; set not to block; owned from now on.</param>
    /// <param name="remote">The peer of the connected one.</param>
    public EpollDatagramWire(
        EpollEngine engine, EventLoop loop, IReadOnlyList<Socket> sockets, DatagramAddress? remote)
        : base(remote)
    {
        _engine = engine;
        Loop = loop;
        Ears = [.. sockets.Select(socket => new DatagramEar(this, socket))];
        _receive = new DatagramReceiveOperation(this);
        _send = new DatagramSendOperation(this);
    }

    public EventLoop Loop { get; }

    public Kernel Kernel => _engine.Kernel;

    /// <summary>At least one.</summary>
    public DatagramEar[] Ears { get; }

    public bool IsBlocker => _mark.IsBlocker;

    public override ReceivedDatagram Received => _receive.Received;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _receive.ReceiveAsync(buffer, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask ReceiveAsync(DatagramBatch batch, CancellationToken cancellationToken) =>
        await _receive.ReceiveAsync(batch, cancellationToken).ConfigureAwait(false);

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress? destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Here, where it may throw: an operation's tries may not.
        _ = EarFor(destination);
        if (Slice.Current is { IsSpent: true })
        {
            return QueueAsync(bytes, destination, cancellationToken);
        }

        var result = SendHeld(bytes.Span, destination);
        return result >= 0 ? default
            : HasToWait(result) ? QueueAsync(bytes, destination, cancellationToken)
            : ValueTask.FromException(Translate("send", -result, destination, bytes.Length));
    }

    public override async ValueTask SendAsync(DatagramBatch batch, CancellationToken cancellationToken)
    {
        for (var i = 0; Remote is null && i < batch.Count; i++)
        {
            _ = EarFor(batch.ItemAt(i).Address);
        }

        await _waitingToSend.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _send.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waitingToSend.Release();
        }
    }

    public override void Configure(Action<Socket> set)
    {
        Hold();
        try
        {
            foreach (var ear in Ears)
            {
                set(ear.Socket);
            }
        }
        finally
        {
            Release();
        }
    }

    public override void Close()
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

    public void Happen(uint happenings)
    {
        if ((happenings & ForReceiver) != 0)
        {
            Deliver(_receive);
        }

        if ((happenings & ForSender) != 0)
        {
            Deliver(_send);
        }
    }

    public void NoteStall() => _mark.NoteStall();

    public void NoteLaneRun(bool wasQuick) => _mark.NoteLaneRun(wasQuick);

    /// <summary>Lets go of the sockets; to be called once by each holder.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            foreach (var ear in Ears)
            {
                _engine.Forget(ear);
                ear.Socket.Dispose();
            }
        }
    }

    /// <summary>Sends one; to be called by a holder.</summary>
    /// <returns>0 or more; below 0 an error number, negated.</returns>
    public int TrySend(ReadOnlySpan<byte> bytes, DatagramAddress? destination) =>
        Kernel.FaultOfSend(_send) is < 0 and var fault
            ? fault
            : DatagramCalls.SendTo(EarFor(destination), bytes, destination);

    /// <summary>Sends what is left of a batch; to be called by a holder.</summary>
    /// <returns>0 when nothing is left; below 0 an error number, negated.</returns>
    public int TrySend(DatagramBatch batch)
    {
        while (batch.Sent < batch.Count)
        {
            var ear = EarFor(Remote is null ? batch.ItemAt(batch.Sent).Address : null);
            var sent = Kernel.FaultOfSend(_send) is < 0 and var fault
                ? fault
                : DatagramCalls.SendMany(this, ear, batch, ref _maxSegmentBytes);
            if (sent < 0)
            {
                return sent;
            }

            batch.Sent += sent;
        }

        return 0;
    }

    /// <exception cref="ArgumentException">No socket is of its family.</exception>
    public DatagramEar EarFor(DatagramAddress? destination)
    {
        if (destination is not { } address)
        {
            return Ears[0];
        }

        foreach (var ear in Ears)
        {
            if (address.IsIPv6 ? ear.IsIPv6 : ear.TakesIPv4)
            {
                return ear;
            }
        }

        throw new ArgumentException(
            $"{Ears[0].Local} cannot send to {address}, which is of the other family.", nameof(destination));
    }

    public Exception Translate(string operation, int errno, DatagramAddress? destination, int length) =>
        SocketErrors.TranslateDatagram(
            Errno.ToException(errno), operation, Ears[0].Local,
            (destination ?? Remote)?.ToEndpoint() ?? Ears[0].Local, length);

    public ObjectDisposedException WasClosed() => new(nameof(EpollDatagramWire), $"{Ears[0].Local} was closed.");

    private static bool HasToWait(int result) =>
        result is -Errno.Again or -Errno.NoBuffers or -Errno.OutOfMemory;

    private int SendHeld(ReadOnlySpan<byte> bytes, DatagramAddress? destination)
    {
        Hold();
        try
        {
            var result = TrySend(bytes, destination);
            Slice.Current?.Spend(Math.Max(0, result));
            return result;
        }
        finally
        {
            Release();
        }
    }

    private async ValueTask QueueAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress? destination, CancellationToken cancellationToken)
    {
        await _waitingToSend.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _send.SendAsync(bytes, destination, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _waitingToSend.Release();
        }
    }

    private void Deliver(Operation operation)
    {
        if (IsBlocker && operation.IsParked)
        {
            _engine.Crew.RunOnLane(new Job(operation, Ears[0]));
        }
        else
        {
            operation.Deliver(isCertain: true);
        }
    }

    private void Hold()
    {
        while (true)
        {
            var holders = Volatile.Read(ref _holders);
            if (holders == 0 || Volatile.Read(ref _isReleased) != 0)
            {
                throw WasClosed();
            }

            if (Interlocked.CompareExchange(ref _holders, holders + 1, holders) == holders)
            {
                return;
            }
        }
    }
}
