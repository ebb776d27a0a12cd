using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>Opens sockets for datagrams as every engine needs them.</summary>
internal static class DatagramSockets
{
    /// <summary>A socket that hears everybody at an address. The caller owns it.</summary>
    /// <param name="local">Where.</param>
    /// <param name="prepare">Called before the socket is bound.</param>
    /// <exception cref="BindException">The address cannot be had.</exception>
    public static Socket Bind(IPEndPoint local, Action<Socket> prepare)
    {
        try
        {
            return Open(local, prepare, static (socket, local) => socket.Bind(local));
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateBind(error, UdpEndpoint.From(local));
        }
    }

    /// <summary>A socket that hears one peer. The caller owns it.</summary>
    /// <param name="remote">The peer.</param>
    /// <param name="prepare">Called before the socket is connected.</param>
    /// <exception cref="ConnectionException">No route leads there.</exception>
    /// <exception cref="InvalidOperationException">It is a broadcast address, which was not allowed.</exception>
    public static Socket Connect(IPEndPoint remote, Action<Socket> prepare)
    {
        try
        {
            return Open(remote, prepare, static (socket, remote) => socket.Connect(remote));
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateDatagram(error, "connect", null, UdpEndpoint.From(remote), length: 0);
        }
    }

    public static UdpEndpoint LocalOf(Socket socket) => UdpEndpoint.From((IPEndPoint)socket.LocalEndPoint!);

    /// <summary>The socket that can send to an address.</summary>
    /// <exception cref="ArgumentException">None is of its family.</exception>
    public static Socket For(IReadOnlyList<Socket> sockets, DatagramAddress? destination)
    {
        if (destination is not { } address)
        {
            return sockets[0];
        }

        foreach (var socket in sockets)
        {
            var isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
            if (isIPv6 == address.IsIPv6 || (isIPv6 && socket.DualMode))
            {
                return socket;
            }
        }

        throw new ArgumentException(
            $"{LocalOf(sockets[0])} cannot send to {address}, which is of the other family.", nameof(destination));
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns the socket.")]
    private static Socket Open(IPEndPoint address, Action<Socket> prepare, Action<Socket, IPEndPoint> open)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                // Whoever asks for every address means IPv4's as well.
                socket.DualMode = true;
            }

            if (OperatingSystem.IsWindows())
            {
                KeepRefusalsFromReceives(socket);
            }

            prepare(socket);
            open(socket, address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Otherwise Windows tells a bound socket's receive that somebody else, sent to earlier, does not listen.
    private static void KeepRefusalsFromReceives(Socket socket)
    {
        const int UdpConnectionReset = unchecked((int)0x9800000C);
        if (OperatingSystem.IsWindows())
        {
            socket.IOControl(UdpConnectionReset, BitConverter.GetBytes(0), null);
        }
    }
}
