using System.Net.Sockets;
using Switchboard.Datagrams;

namespace Switchboard.Engines.Sockets;

/// <summary>Datagrams by <see cref="Socket"/>.</summary>
internal sealed class SocketDatagramWire : DatagramWire
{
    private readonly IReadOnlyList<Socket> _sockets;
    private readonly HeldReceive[] _receives;
    private readonly UdpEndpoint _local;
    private ReceivedDatagram _received;

    /// <param name="sockets">Bound, or one connected; owned from now on.</param>
    /// <param name="remote">The peer of the connected one.</param>
    public SocketDatagramWire(IReadOnlyList<Socket> sockets, DatagramAddress? remote)
        : base(remote)
    {
        _sockets = sockets;
        _receives = [.. sockets.Select(socket => new HeldReceive(socket))];
        _local = DatagramSockets.LocalOf(sockets[0]);
    }

    public override ReceivedDatagram Received => _received;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var waiting = _receives.Length == 1
                ? _receives[0].WhenThere()
                : Task.WhenAny(_receives.Select(each => each.WhenThere()));
            await waiting.WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Array.FindIndex(_receives, each => each.IsThere) is >= 0 and var index
                && TryTake(_receives[index], buffer.Span))
            {
                // The next time the others are looked at first.
                Array.Reverse(_receives);
                return _received.Length;
            }
        }
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> bytes, DatagramAddress? destination, CancellationToken cancellationToken)
    {
        var socket = DatagramSockets.For(_sockets, destination);
        try
        {
            _ = destination is { } address
                ? await socket.SendToAsync(bytes, SocketFlags.None, address.ToIPEndPoint(), cancellationToken)
                    .ConfigureAwait(false)
                : await socket.SendAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw Meaning(error, "send", destination, bytes.Length);
        }
    }

    public override void Configure(Action<Socket> set)
    {
        foreach (var socket in _sockets)
        {
            set(socket);
        }
    }

    public override void Close()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private bool TryTake(HeldReceive receive, Span<byte> buffer)
    {
        try
        {
            _received = receive.Take(buffer);
            return true;
        }
        catch (SocketException error) when (Remote is null && SocketErrors.IsOfNetwork(error.SocketErrorCode))
        {
            return false;
        }
        catch (SocketException error)
        {
            throw Meaning(error, "receive", null, 0);
        }
    }

    private Exception Meaning(SocketException error, string operation, DatagramAddress? destination, int length) =>
        error.SocketErrorCode == SocketError.OperationAborted
            ? new ObjectDisposedException(nameof(SocketDatagramWire), $"{_local} was closed.")
            : SocketErrors.TranslateDatagram(
                error, operation, _local, (destination ?? Remote)?.ToEndpoint() ?? _local, length);
}
