using System.Net;
using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>Opens sockets as every engine needs them.</summary>
internal static class ListeningSocket
{
    /// <summary>A socket that listens at an address. The caller owns it.</summary>
    /// <param name="local">Where.</param>
    /// <param name="backlog">How many peers may wait.</param>
    /// <param name="prepare">Called before the socket is bound.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public static Socket Open(EndPoint local, int backlog, Action<Socket>? prepare = null)
    {
        var socket = Create(local);
        try
        {
            if (local is UnixDomainSocketEndPoint)
            {
                PrivateFromTheStart(socket);
            }

            prepare?.Invoke(socket);
            socket.Bind(local);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static Socket Create(EndPoint address)
    {
        if (address is UnixDomainSocketEndPoint)
        {
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address is IPEndPoint { Address: var ip } && ip.Equals(IPAddress.IPv6Any))
        {
            // Whoever asks for every address means IPv4's as well.
            socket.DualMode = true;
        }

        if (OperatingSystem.IsWindows())
        {
            // Otherwise another program could bind the same port and take our connections.
            socket.ExclusiveAddressUse = true;
        }

        return socket;
    }

    // On Linux the mode of the unbound socket becomes the file's: it is never open to others, not even for a moment.
    private static void PrivateFromTheStart(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            using var file = new Microsoft.Win32.SafeHandles.SafeFileHandle(socket.Handle, ownsHandle: false);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
