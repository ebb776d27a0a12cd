namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Counts what reaches whom. A member expects of each sender one message after the other: what is left out is lost,
/// what comes again or too late is doubled.
/// </summary>
internal sealed class ChatTally(int members, int senders)
{
    private readonly int[] _expected = new int[members * senders];
    private readonly int[] _sent = new int[senders];
    private long _skipped;

    public long Delivered { get; private set; }

    public long Doubled { get; private set; }

    /// <summary>How many deliveries follow of what was sent so far: everybody gets it but its sender.</summary>
    public long Due { get; private set; }

    /// <returns>How many messages the sender has sent before.</returns>
    public int CountSent(int sender)
    {
        Due += members - 1;
        return _sent[sender]++;
    }

    public void CountDelivered(int member, int sender, int count)
    {
        Delivered++;
        ref var expected = ref _expected[(member * senders) + sender];
        if (count < expected)
        {
            Doubled++;
            return;
        }

        _skipped += count - expected;
        expected = count + 1;
    }

    /// <summary>What has not come: what was left out, and what is still missing at the end.</summary>
    public long CountLost()
    {
        var lost = _skipped;
        for (var member = 0; member < members; member++)
        {
            for (var sender = 0; sender < senders; sender++)
            {
                lost += member == sender ? 0 : _sent[sender] - _expected[(member * senders) + sender];
            }
        }

        return lost;
    }
}
