namespace Switchboard;

/// <summary>
/// Accepts wires at one address, as an engine or a transport supplies it. <see cref="Listener"/> stands in front of it:
/// one accept runs at a time. Only whoever writes a transport meets this type.
/// </summary>
public abstract class WireListener
{
    /// <summary>The address that is listened at, with the port that was really bound.</summary>
    public abstract Endpoint Local { get; }

    /// <summary>Peers that never became a connection, without an accept that has told.</summary>
    internal virtual long PassedOver => 0;

    /// <summary>Waits for the next peer.</summary>
    /// <exception cref="AcceptException">This accept failed; the next may succeed.</exception>
    /// <exception cref="ObjectDisposedException">The listener was closed.</exception>
    public abstract ValueTask<Wire> AcceptAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether another process may listen at the same socket, so that whoever comes after <see cref="Close"/> is not
    /// turned away.
    /// </summary>
    internal virtual bool IsShared => false;

    /// <summary>Stops listening; an accept that waits ends with <see cref="ObjectDisposedException"/>.</summary>
    public abstract void Close();
}
