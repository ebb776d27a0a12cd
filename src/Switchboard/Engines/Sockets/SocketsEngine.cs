using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>Asks the operating system by <see cref="Socket"/>.</summary>
internal sealed class SocketsEngine : Engine
{
    public override string Name => "sockets";

    internal override async ValueTask<Wire> ConnectAsync(EndPoint remote, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectSocketAsync(remote, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            throw SocketErrors.Translate(error, "connect", null, SocketAddresses.ToEndpoint(remote));
        }
    }

    internal override WireListener Bind(EndPoint local, int backlog)
    {
        try
        {
            return BindSocket(local, backlog);
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateBind(error, SocketAddresses.ToEndpoint(local));
        }
    }

    private static async ValueTask<SocketWire> ConnectSocketAsync(EndPoint remote, CancellationToken cancellationToken)
    {
        var socket = Create(remote);
        try
        {
            await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
            return new SocketWire(socket, remote);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The listener owns the socket.")]
    private static SocketListener BindSocket(EndPoint local, int backlog)
    {
        var socket = Create(local);
        try
        {
            if (local is UnixDomainSocketEndPoint)
            {
                PrivateFromTheStart(socket);
            }

            socket.Bind(local);
            socket.Listen(backlog);
            return new SocketListener(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Create(EndPoint address)
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
