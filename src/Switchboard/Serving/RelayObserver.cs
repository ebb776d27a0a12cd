namespace Switchboard;

/// <summary>
/// Is told what a relay of datagrams does: override what you want to know. Calls come from many threads at once, and
/// the relay waits for them: return soon. An exception thrown here is dropped.
/// </summary>
public abstract class RelayObserver
{
    /// <summary>A new address has sent its first datagram; the relay connects with the target for it.</summary>
    public virtual void PeerOpened(UdpEndpoint remote)
    {
    }

    /// <summary>The relay has nothing more to do for an address; if that sends again, it is a new one.</summary>
    /// <param name="remote">The address.</param>
    /// <param name="end">What was done for it.</param>
    public virtual void PeerEnded(UdpEndpoint remote, RelayedPeerEnd end)
    {
    }

    /// <summary>A datagram was not passed on. Told of each one: there may be very many.</summary>
    public virtual void Dropped(RelayDrop drop)
    {
    }
}
