using Switchboard.Serving;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

public class PeerWatchTests
{
    private static readonly ServerLimits Limits = new() { IdleTimeout = TimeSpan.FromSeconds(120) };

    private readonly HeldClock _clock = new();
    private readonly OpenConnections _open = new(maxPerAddress: 1);

    [Fact]
    public async Task Time_in_which_the_process_itself_stood_still_is_not_charged_to_its_peers()
    {
        var (near, far) = Connection.CreatePair();
        await using var watch = new PeerWatch(_open, Limits, _clock);
        var receiving = near.ReceiveAsync(new byte[1]);
        Assert.NotNull(_open.TryAdd(near));
        watch.Wake();
        _clock.PassAndFire(TimeSpan.FromSeconds(0.6));

        _clock.PassAndFire(TimeSpan.FromHours(1));
        Assert.False(near.Closed.IsCompleted);
        await far.SendAsync(new byte[1]);
        Assert.Equal(1, await receiving.Soon());
        near.Abort();
        far.Abort();
    }

    [Fact]
    public async Task A_watch_that_always_looks_a_little_late_still_ends_who_is_silent()
    {
        var (near, far) = Connection.CreatePair();
        await using var watch = new PeerWatch(_open, Limits, _clock);
        var receiving = near.ReceiveAsync(new byte[1]);
        Assert.NotNull(_open.TryAdd(near));
        watch.Wake();
        for (var looks = 0; looks < 121; looks++)
        {
            _clock.PassAndFire(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(EndReason.TimedOut, (await near.Closed.Soon()).Reason);
        await Assert.ThrowsAsync<ConnectionTimeoutException>(() => receiving.Soon());
        far.Abort();
    }
}
