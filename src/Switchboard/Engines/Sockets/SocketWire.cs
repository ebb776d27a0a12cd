using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Switchboard.Engines.Sockets;

/// <summary>A connected <see cref="Socket"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Close and Abort release everything.")]
internal sealed class SocketWire : Wire
{
    // A bigger send shows no progress while it runs, and a watch could not tell a slow peer from a dead one: this much
    // in the usual 30 seconds is 2 KB/s.
    private const int MaxSendBytes = 64 * 1024;

    private readonly Socket _socket;
    private Endpoint _local;
    private Endpoint _remote;
    private CancellationTokenSource _receiveStop = new();
    private CancellationTokenSource? _linked;
    private CancellationToken _linkedTo;
    private int _released;

    /// <param name="socket">Connected; owned from now on.</param>
    /// <param name="remote">Where it was connected to; null to ask the socket.</param>
    /// <exception cref="SocketException">The peer is gone already.</exception>
    public SocketWire(Socket socket, EndPoint? remote = null)
    {
        _socket = socket;
        _local = SocketAddresses.ToEndpoint(socket.LocalEndPoint);
        _remote = SocketAddresses.ToEndpoint(remote ?? socket.RemoteEndPoint);
        if (socket.AddressFamily == AddressFamily.Unix)
        {
            PeerCredentials = ReadPeerCredentials(socket);
        }
        else
        {
            SetTcpOptions(socket);
        }
    }

    public override Endpoint Local => _local;

    public override Endpoint Remote => _remote;

    public override PeerCredentials? PeerCredentials { get; }

    internal override bool CloseCompletesSending => true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var receiving = _socket.ReceiveAsync(buffer, SocketFlags.None, StopToken(cancellationToken));
        return receiving.IsCompletedSuccessfully ? receiving : AwaitReceive(receiving);
    }

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var part = bytes[..Math.Min(bytes.Length, MaxSendBytes)];
        var sending = _socket.SendAsync(part, SocketFlags.None, cancellationToken);
        return sending.IsCompletedSuccessfully ? sending : AwaitSend(sending);
    }

    public override ValueTask CompleteSendingAsync(CancellationToken cancellationToken)
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            return default;
        }
        catch (SocketException error)
        {
            throw SocketErrors.Translate(error, "complete sending", Local, Remote);
        }
    }

    public override void CancelReceive() => _receiveStop.Cancel();

    internal override int? TakeDescriptor()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var taken = Descriptors.Duplicate((int)_socket.Handle);
        Close();
        return taken;
    }

    public override void Close() => Release(_socket.Dispose);

    public override void Abort() => Release(() =>
    {
        try
        {
            // A close that does not linger is what the kernel sends a reset for.
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // The peer was faster: there is nothing left to reset.
        }

        _socket.Dispose();
    });

    internal override void Rename(Endpoint local, Endpoint remote) => (_local, _remote) = (local, remote);

    private void Release(Action close)
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            close();
            _linked?.Dispose();
            _receiveStop.Dispose();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitReceive(ValueTask<int> receiving)
    {
        try
        {
            return await receiving.ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw SocketErrors.Translate(error, "receive", Local, Remote);
        }
        catch (OperationCanceledException) when (_receiveStop.IsCancellationRequested)
        {
            _receiveStop.Dispose();
            _receiveStop = new CancellationTokenSource();
            _linkedTo = default;
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitSend(ValueTask<int> sending)
    {
        try
        {
            return await sending.ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw SocketErrors.Translate(error, "send", Local, Remote);
        }
    }

    /// <summary>
    /// A token that stops a receive for the caller or for us. Linked anew only when the caller's changes.
    /// </summary>
    private CancellationToken StopToken(CancellationToken callers)
    {
        if (!callers.CanBeCanceled)
        {
            return _receiveStop.Token;
        }

        if (_linked is null || _linkedTo != callers)
        {
            _linked?.Dispose();
            var linked = CancellationTokenSource.CreateLinkedTokenSource(callers, _receiveStop.Token);
            Interlocked.Exchange(ref _linked, linked);
            _linkedTo = callers;
            if (Volatile.Read(ref _released) != 0)
            {
                // An abort came between, too early to see it: the caller's token would keep it for ever.
                linked.Dispose();
            }

            return linked.Token;
        }

        return _linked.Token;
    }

    private static void SetTcpOptions(Socket socket)
    {
        // Waiting to fill a segment delays every small answer by up to 40 ms; whoever wants fewer segments batches.
        socket.NoDelay = true;

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, TcpDefaults.KeepAliveAfterSeconds);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, TcpDefaults.KeepAliveEverySeconds);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, TcpDefaults.KeepAliveProbes);
    }

    private static PeerCredentials? ReadPeerCredentials(Socket socket)
    {
        const int SolSocket = 1;
        const int SoPeerCred = 17;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> credentials = stackalloc byte[3 * sizeof(int)];
        return socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length
            ? new PeerCredentials(Number(credentials, 0), Number(credentials, 1), Number(credentials, 2))
            : null;

        static int Number(ReadOnlySpan<byte> bytes, int index)
        {
            var number = bytes.Slice(index * sizeof(int), sizeof(int));
            return BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadInt32LittleEndian(number)
                : BinaryPrimitives.ReadInt32BigEndian(number);
        }
    }
}
