using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public class ListenerTests
{
    private readonly ManualClock _clock = new();
    private readonly FakeListener _wires = new("memory:listener");
    private readonly List<TimeSpan> _pauses = [];

    [Fact]
    public async Task A_peer_that_is_gone_is_passed_over()
    {
        await using var listener = NewListener();
        _wires.Fail(AcceptFailure.PeerGone);
        _wires.Fail(AcceptFailure.PeerGone);
        var peer = _wires.Come();

        (await listener.AcceptAsync().Soon()).Abort();
        Assert.Equal(new ListenerStatistics(1, 2, 0), listener.GetStatistics());
        peer.Abort();
    }

    [Fact]
    public async Task When_everybody_is_gone_it_pauses_as_if_it_had_no_resources()
    {
        await using var listener = NewListener();
        for (var failures = 0; failures < 1000; failures++)
        {
            _wires.Fail(AcceptFailure.PeerGone);
        }

        _wires.Come().Abort();
        var accepting = listener.AcceptAsync().AsTask();
        await _clock.WaitForTimersAsync(1).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(10));

        (await accepting.Soon()).Abort();
        Assert.Equal(new ListenerStatistics(1, 999, 1), listener.GetStatistics());
    }

    [Fact]
    public async Task Without_resources_it_pauses_twice_as_long_each_time_up_to_a_second_and_recovers()
    {
        await using var listener = NewListener();
        for (var failures = 0; failures < 9; failures++)
        {
            _wires.Fail(AcceptFailure.OutOfResources);
        }

        _wires.Come().Abort();
        var accepting = listener.AcceptAsync().AsTask();
        foreach (var pause in new[] { 10, 20, 40, 80, 160, 320, 640, 1000, 1000 })
        {
            await _clock.WaitForTimersAsync(1).Soon();
            _clock.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(1, _clock.ArmedTimers);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        (await accepting.Soon()).Abort();
        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1000, 1000], _pauses.Select(pause => pause.TotalMilliseconds));
        Assert.Equal(9, listener.GetStatistics().Pauses);
    }

    [Fact]
    public async Task After_it_recovered_the_next_pause_is_short_again()
    {
        await using var listener = NewListener();
        _wires.Fail(AcceptFailure.OutOfResources);
        _wires.Fail(AcceptFailure.OutOfResources);
        _wires.Come().Abort();
        _wires.Fail(AcceptFailure.OutOfResources);
        _wires.Come().Abort();
        for (var accepted = 0; accepted < 2; accepted++)
        {
            var accepting = listener.AcceptAsync().AsTask();
            while (!accepting.IsCompleted)
            {
                await Task.WhenAny(accepting, _clock.WaitForTimersAsync(1)).Soon();
                _clock.Advance(TimeSpan.FromSeconds(1));
            }

            (await accepting).Abort();
        }

        Assert.Equal([10, 20, 10], _pauses.Select(pause => pause.TotalMilliseconds));
    }

    [Fact]
    public async Task A_pause_ends_when_the_listener_is_disposed()
    {
        var listener = NewListener();
        _wires.Fail(AcceptFailure.OutOfResources);
        var accepting = listener.AcceptAsync();
        await _clock.WaitForTimersAsync(1).Soon();

        await listener.DisposeAsync().Soon();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => accepting.Soon());
    }

    [Fact]
    public async Task A_pause_ends_when_the_caller_cancels()
    {
        await using var listener = NewListener();
        _wires.Fail(AcceptFailure.OutOfResources);
        using var stop = new CancellationTokenSource();
        var accepting = listener.AcceptAsync(stop.Token);
        await _clock.WaitForTimersAsync(1).Soon();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.Soon());
    }

    [Fact]
    public async Task A_broken_listener_says_so()
    {
        await using var listener = NewListener();
        _wires.Fail(AcceptFailure.Fatal);

        var error = await Assert.ThrowsAsync<AcceptException>(() => listener.AcceptAsync().Soon());
        Assert.Equal(AcceptFailure.Fatal, error.Failure);
    }

    [Fact]
    public async Task A_second_accept_is_refused_and_the_first_goes_on()
    {
        await using var listener = NewListener();
        var accepting = listener.AcceptAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => listener.AcceptAsync().Soon());

        _wires.Come().Abort();
        (await accepting.Soon()).Abort();
    }

    [Fact]
    public async Task Accepting_all_ends_with_the_listener()
    {
        var listener = NewListener();
        var accepting = CountAsync(listener);
        _wires.Come().Abort();
        _wires.Come().Abort();
        await Waiting.UntilAsync(() => _wires.Accepts == 3);
        await listener.DisposeAsync().Soon();

        Assert.Equal(2, await accepting.Soon());
        Assert.True(_wires.IsClosed);
    }

    private static async Task<int> CountAsync(Listener listener)
    {
        var count = 0;
        await foreach (var connection in listener.AcceptAllAsync())
        {
            connection.Abort();
            count++;
        }

        return count;
    }

    private Listener NewListener() => new(_wires, new ListenOptions
    {
        Connection = new ConnectionOptions { TimeProvider = _clock },
        AcceptPaused = (_, pause) => _pauses.Add(pause),
    });
}
