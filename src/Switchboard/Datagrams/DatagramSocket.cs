using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Switchboard.Connections;
using Switchboard.Datagrams;
using Switchboard.Observing;

namespace Switchboard;

/// <summary>
/// Sends and receives datagrams: each arrives whole, or not at all, once or twice, in any order. One receive runs at
/// a time, and any number of sends. A bound socket hears everybody, a connected one its peer only.
/// </summary>
/// <remarks>
/// What the network tells of datagrams that were sent, such as that nothing listens there, reaches a connected
/// socket's next send or receive, once each. The socket goes on working, and a datagram whose send reports such a
/// failure was not sent. A bound socket never hears of it.
/// </remarks>
public sealed partial class DatagramSocket : IAsyncDisposable
{
    private const int MaxIPv4Bytes = 65507;
    private const int MaxIPv6Bytes = 65527;

    private readonly Turn _receiving = new();
    private int _isDisposed;

    internal DatagramSocket(DatagramWire wire, UdpEndpoint local)
    {
        Wire = wire;
        Local = local;
        Remote = wire.Remote?.ToEndpoint();
        DatagramTotals.CountSocket(1);
    }

    /// <summary>Where it hears, with its real port.</summary>
    public UdpEndpoint Local { get; }

    /// <summary>The only peer of a connected socket; null for a bound one.</summary>
    public UdpEndpoint? Remote { get; }

    internal DatagramWire Wire { get; }

    /// <summary>Whether the operating system has something for the next receive.</summary>
    internal bool HasUnread
    {
        get
        {
            var has = false;
            Wire.Configure(socket => has |= socket.Poll(0, SelectMode.SelectRead));
            return has;
        }
    }

    /// <summary>Sends one datagram to the peer of a connected socket.</summary>
    /// <param name="bytes">All of it goes as one datagram; none at all is a datagram, too.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="InvalidOperationException">
    /// The socket is not connected, or the peer is a broadcast address and the options do not allow that.
    /// </exception>
    /// <exception cref="DatagramTooLargeException">So many bytes fit into no datagram.</exception>
    /// <exception cref="ObjectDisposedException">The socket was disposed.</exception>
    /// <exception cref="ConnectionRefusedException">
    /// Nothing listens where an earlier datagram went. This one was not sent.
    /// </exception>
    /// <exception cref="ConnectionException">The network does not take it.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ThrowIfTooLarge(bytes.Length, Peer);
        return CountedAsync(Wire.SendAsync(bytes, null, cancellationToken));
    }

    /// <summary>Sends one datagram from a bound socket.</summary>
    /// <param name="bytes">All of it goes as one datagram; none at all is a datagram, too.</param>
    /// <param name="destination">Where to; an <see cref="IPEndPoint"/> will do.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="InvalidOperationException">
    /// The socket is connected, or it is a broadcast address and the options do not allow that.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such destination for this socket.</exception>
    /// <inheritdoc cref="SendAsync" path="/exception[@cref='T:Switchboard.DatagramTooLargeException']" />
    /// <exception cref="ObjectDisposedException">The socket was disposed.</exception>
    /// <exception cref="ConnectionException">The network does not take it.</exception>
    public ValueTask SendToAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress destination, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (Remote is not null)
        {
            throw new InvalidOperationException(
                $"The socket is connected to {Remote}: use SendAsync, or bind one to send to anybody.");
        }

        ThrowIfNowhere(destination, nameof(destination));
        ThrowIfTooLarge(bytes.Length, destination);
        return CountedAsync(Wire.SendAsync(bytes, destination, cancellationToken));
    }

    /// <summary>Receives one datagram.</summary>
    /// <param name="buffer">
    /// The caller's, and filled from its start. What does not fit is lost, and
    /// <see cref="ReceivedDatagram.IsTruncated"/> says so; 65535 bytes are enough for any.
    /// </param>
    /// <param name="cancellationToken">Ends the wait. Nothing is lost, and the socket stays usable.</param>
    /// <returns>What came, and from whom. An empty datagram is no end: there is none.</returns>
    /// <exception cref="InvalidOperationException">Another receive is running.</exception>
    /// <exception cref="ObjectDisposedException">The socket was disposed.</exception>
    /// <exception cref="ConnectionRefusedException">
    /// A connected socket's peer does not listen. Receiving again waits for it.
    /// </exception>
    /// <exception cref="ConnectionException">The network has told a connected socket of another failure.</exception>
    public ValueTask<ReceivedDatagram> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        TakeReceiveTurn();
        if (_receivesBatches)
        {
            return ReceiveAheadAsync(buffer, cancellationToken);
        }

        ValueTask<int> receiving;
        try
        {
            receiving = Wire.ReceiveAsync(buffer, cancellationToken);
        }
        catch (Exception error)
        {
            _receiving.Release();
            throw Meaning(error, cancellationToken);
        }

        if (!receiving.IsCompletedSuccessfully)
        {
            return AwaitReceive(receiving, cancellationToken);
        }

        var received = Counted(Wire.Received);
        _receiving.Release();
        return new(received);
    }

    /// <summary>Closes the socket; whatever waits ends with <see cref="ObjectDisposedException"/>.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Wire.Close();
            DatagramTotals.CountSocket(-1);
        }

        return default;
    }

    private DatagramAddress Peer => Wire.Remote ?? throw new InvalidOperationException(
        $"The socket at {Local} is not connected: say where to with SendToAsync, or connect one.");

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReceivedDatagram> AwaitReceive(
        ValueTask<int> receiving, CancellationToken cancellationToken)
    {
        try
        {
            await receiving.ConfigureAwait(false);
            return Counted(Wire.Received);
        }
        catch (Exception error)
        {
            throw Meaning(error, cancellationToken);
        }
        finally
        {
            _receiving.Release();
        }
    }

    private static ReceivedDatagram Counted(ReceivedDatagram received)
    {
        DatagramTotals.CountReceived(1);
        if (received.IsTruncated)
        {
            DatagramTotals.CountTruncated();
        }

        return received;
    }

    private static ValueTask CountedAsync(ValueTask sending)
    {
        if (!sending.IsCompletedSuccessfully)
        {
            return AwaitSend(sending);
        }

        DatagramTotals.CountSent(1);
        return sending;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitSend(ValueTask sending)
    {
        await sending.ConfigureAwait(false);
        DatagramTotals.CountSent(1);
    }

    private void TakeReceiveTurn()
    {
        ThrowIfDisposed();
        if (!_receiving.TryTake())
        {
            throw new InvalidOperationException(
                $"{Local}: two receives at once. Wait for the first to end, or bind two sockets.");
        }
    }

    private Exception Meaning(Exception error, CancellationToken cancellationToken) => error switch
    {
        ObjectDisposedException => Disposed(),
        OperationCanceledException when cancellationToken.IsCancellationRequested =>
            new OperationCanceledException(error.Message, error, cancellationToken),
        _ => error,
    };

    private void ThrowIfNowhere(DatagramAddress destination, string name)
    {
        if (destination.Port == 0)
        {
            throw new ArgumentException($"{Local}: a datagram cannot go to {destination}: that is no port.", name);
        }
    }

    private static void ThrowIfTooLarge(int length, in DatagramAddress destination)
    {
        var most = destination.IsIPv6 ? MaxIPv6Bytes : MaxIPv4Bytes;
        if (length > most)
        {
            throw new DatagramTooLargeException(length, most, destination.ToEndpoint());
        }
    }

    private void ThrowIfDisposed()
    {
        if (Volatile.Read(ref _isDisposed) != 0)
        {
            throw Disposed();
        }
    }

    private ObjectDisposedException Disposed() =>
        new(nameof(DatagramSocket), $"The datagram socket at {Local} was disposed.");
}
