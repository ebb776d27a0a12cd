using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>Asks the operating system by <see cref="Socket"/>.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The listener owns the socket.")]
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
            return new SocketListener(ListeningSocket.Open(local, backlog));
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateBind(error, SocketAddresses.ToEndpoint(local));
        }
    }

    internal override Wire Adopt(Socket socket)
    {
        try
        {
            return new SocketWire(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal override WireListener AdoptListener(Socket socket) => new SocketListener(socket, isShared: true);

    private static async ValueTask<SocketWire> ConnectSocketAsync(EndPoint remote, CancellationToken cancellationToken)
    {
        var socket = ListeningSocket.Create(remote);
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
}
