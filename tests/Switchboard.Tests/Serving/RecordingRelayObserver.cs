using System.Collections.Concurrent;

namespace Switchboard.Tests.Serving;

/// <summary>Keeps what a relay of datagrams has told.</summary>
internal sealed class RecordingRelayObserver : RelayObserver
{
    public ConcurrentQueue<UdpEndpoint> Opened { get; } = [];

    public ConcurrentQueue<(UdpEndpoint Remote, RelayedPeerEnd End)> Ended { get; } = [];

    public ConcurrentQueue<RelayDrop> Drops { get; } = [];

    public override void PeerOpened(UdpEndpoint remote)
    {
        Opened.Enqueue(remote);
        throw new InvalidOperationException("An observer's mistake is nobody else's.");
    }

    public override void PeerEnded(UdpEndpoint remote, RelayedPeerEnd end) => Ended.Enqueue((remote, end));

    public override void Dropped(RelayDrop drop) => Drops.Enqueue(drop);
}
