using System.Net;
using System.Net.Sockets;
using Switchboard.Connections;

namespace Switchboard.Engines.Sockets;

/// <summary>
/// A receive that goes on until a datagram comes, whether anybody waits for it or not: of several sockets one cannot
/// know which will be the first, and a datagram that was taken from the kernel must not be lost.
/// </summary>
internal sealed class HeldReceive(Socket socket)
{
    // No datagram is longer, so that none is truncated before its reader's buffer is known.
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private readonly IPEndPoint _anybody = new(
        socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    private Task<SocketReceiveMessageFromResult>? _receiving;

    /// <summary>Completes when there is a datagram, or an error.</summary>
    public Task WhenThere()
    {
        if (_receiving is null)
        {
            _receiving = socket.ReceiveMessageFromAsync(_buffer.AsMemory(), SocketFlags.None, _anybody).AsTask();
            _receiving.MayBeGivenUp();
        }

        return _receiving;
    }

    public bool IsThere => _receiving is { IsCompleted: true };

    /// <summary>Takes the datagram that is there.</summary>
    /// <exception cref="SocketException">There is an error instead.</exception>
    public ReceivedDatagram Take(Span<byte> buffer)
    {
        var taken = _receiving!;
        _receiving = null;
        var result = taken.GetAwaiter().GetResult();
        var length = Math.Min(result.ReceivedBytes, buffer.Length);
        _buffer.AsSpan(0, length).CopyTo(buffer);
        var isCut = (result.SocketFlags & SocketFlags.Truncated) != 0;
        return new(
            length, (IPEndPoint)result.RemoteEndPoint, isCut || length < result.ReceivedBytes,
            isCut ? null : result.ReceivedBytes);
    }
}
