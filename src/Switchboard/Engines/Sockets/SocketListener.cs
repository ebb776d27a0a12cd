using System.Net.Sockets;

namespace Switchboard.Engines.Sockets;

/// <summary>A listening <see cref="Socket"/>.</summary>
/// <param name="socket">Bound and listening; owned from now on.</param>
internal sealed class SocketListener(Socket socket) : WireListener
{
    public override Endpoint Local { get; } = SocketAddresses.ToEndpoint(socket.LocalEndPoint);

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Configure(await socket.AcceptAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.OperationAborted)
        {
            throw new ObjectDisposedException(nameof(SocketListener), $"The listener at {Local} was closed.");
        }
        catch (SocketException error)
        {
            throw SocketErrors.TranslateAccept(error, Local);
        }
    }

    public override void Close() => socket.Dispose();

    private SocketWire Configure(Socket accepted)
    {
        try
        {
            return new SocketWire(accepted);
        }
        catch (SocketException error)
        {
            accepted.Dispose();

            // Whatever is wrong with the accepted socket, the listening one is fine.
            throw new AcceptException(Local, AcceptFailure.PeerGone, error.Message, error);
        }
    }
}
