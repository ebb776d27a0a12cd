namespace Switchboard.Transports;

/// <summary>Accepts whoever is of the same user at the unix socket that is a named pipe.</summary>
/// <param name="local">The pipe.</param>
/// <param name="sockets">Listens at its socket; owned from now on.</param>
internal sealed class PipeSocketListener(PipeEndpoint local, WireListener sockets) : WireListener
{
    public override Endpoint Local => local;

    public override async ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken)
    {
        var wire = await sockets.AcceptAsync(cancellationToken).ConfigureAwait(false);
        if (PipeSocketTransport.IsOurs(wire))
        {
            wire.Rename(local, local);
            return wire;
        }

        // The file's mode keeps everybody out but the administrator.
        wire.Abort();
        throw new AcceptException(local, AcceptFailure.PeerGone, "the peer is another user");
    }

    public override void Close() => sockets.Close();
}
