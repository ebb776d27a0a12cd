using Switchboard.Cli.Output;

namespace Switchboard.Cli.Serving;

/// <summary>
/// Writes what happens to the datagrams of a relay to the log. Of drops for one reason only one a second is told, with
/// the number of those before it: whoever sends what is dropped must not be able to fill a disk.
/// </summary>
/// <param name="service">Who tells.</param>
/// <param name="log">Where to.</param>
/// <param name="time">Times the silence.</param>
internal sealed class RelayEvents(string service, EventLog log, TimeProvider time) : RelayObserver
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<RelayDropReason, (long ToldAt, long Untold)> _told = [];
    private long _drops;

    /// <summary>How many datagrams were dropped, told or not.</summary>
    public long Drops => Interlocked.Read(ref _drops);

    public override void PeerOpened(UdpEndpoint remote) => log.Write(new PeerOpenedEvent(service, remote));

    public override void PeerEnded(UdpEndpoint remote, RelayedPeerEnd end) =>
        log.Write(new PeerEndedEvent(service, remote, end));

    public override void Dropped(RelayDrop drop)
    {
        Interlocked.Increment(ref _drops);
        if (IsDue(drop.Reason, out var untold))
        {
            log.Write(new DroppedEvent(service, drop, untold));
        }
    }

    private bool IsDue(RelayDropReason reason, out long untold)
    {
        lock (_lock)
        {
            var isKnown = _told.TryGetValue(reason, out var last);
            untold = last.Untold;
            var isDue = !isKnown || time.GetElapsedTime(last.ToldAt) >= Silence;
            _told[reason] = isDue ? (time.GetTimestamp(), 0) : (last.ToldAt, last.Untold + 1);
            return isDue;
        }
    }
}
