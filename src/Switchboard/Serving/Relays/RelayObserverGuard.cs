using Switchboard.Observing;

namespace Switchboard.Serving.Relays;

/// <summary>Tells an observer and the meters, and keeps the observer's mistakes from the relay.</summary>
internal sealed class RelayObserverGuard(RelayObserver? observer)
{
    public void PeerOpened(UdpEndpoint remote) => Tell(static (told, remote) => told.PeerOpened(remote), remote);

    public void PeerEnded(UdpEndpoint remote, RelayedPeerEnd end) =>
        Tell(static (told, ended) => told.PeerEnded(ended.remote, ended.end), (remote, end));

    public void Dropped(RelayDrop drop)
    {
        Meters.DatagramDropped(drop.Reason.ToString());
        Tell(static (told, drop) => told.Dropped(drop), drop);
    }

    private void Tell<T>(Action<RelayObserver, T> what, T about)
    {
        if (observer is null)
        {
            return;
        }

        try
        {
            what(observer, about);
        }
#pragma warning disable CA1031 // Whoever only watches must not be able to break what is watched.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
