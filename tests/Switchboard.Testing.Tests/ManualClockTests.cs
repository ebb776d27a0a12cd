namespace Switchboard.Testing.Tests;

public sealed class ManualClockTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void It_stands_still_until_it_is_moved()
    {
        var time = _clock.GetUtcNow();
        var timestamp = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(time.AddSeconds(90), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(90), _clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void It_starts_where_the_test_says_and_shows_universal_time()
    {
        var start = new DateTimeOffset(2026, 2, 28, 23, 59, 0, TimeSpan.FromHours(1));

        var clock = new ManualClock(start);

        Assert.Equal(start, clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
        Assert.Equal(clock.GetUtcNow(), clock.GetLocalNow());
    }

    [Fact]
    public void It_never_goes_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_each_at_its_own_time()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", seconds: 3);
        using var early = Timer("early", seconds: 1);
        using var alsoEarly = Timer("also early", seconds: 1);
        using var never = Timer("never", seconds: 11);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [("early", Seconds(1)), ("also early", Seconds(1)), ("late", Seconds(3))], fired);
        Assert.Equal(Seconds(10), _clock.GetElapsedTime(0));
        Assert.Equal(1, _clock.ArmedTimers);

        ITimer Timer(string name, int seconds) => _clock.CreateTimer(
            _ => fired.Add((name, _clock.GetElapsedTime(0))), null, Seconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Timers_fire_on_the_thread_that_advances()
    {
        var thread = 0;
        using var timer = _clock.CreateTimer(
            _ => thread = Environment.CurrentManagedThreadId, null, Seconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(1));

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void A_periodic_timer_fires_as_often_as_its_period_fits_into_the_step()
    {
        var fired = new List<TimeSpan>();
        using var timer = _clock.CreateTimer(_ => fired.Add(_clock.GetElapsedTime(0)), null, Seconds(1), Seconds(2));

        _clock.Advance(Seconds(6));

        Assert.Equal([Seconds(1), Seconds(3), Seconds(5)], fired);
    }

    [Fact]
    public void A_timer_that_is_due_at_once_waits_for_the_next_step()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, fired);

        _clock.Advance(TimeSpan.Zero);

        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_timer_may_arm_another_within_the_same_step()
    {
        var fired = new List<TimeSpan>();
        ITimer? second = null;
        using var first = _clock.CreateTimer(
            _ => second = _clock.CreateTimer(
                _ => fired.Add(_clock.GetElapsedTime(0)), null, Seconds(1), Timeout.InfiniteTimeSpan),
            null, Seconds(1), Timeout.InfiniteTimeSpan);

        _clock.Advance(Seconds(5));

        Assert.Equal([Seconds(2)], fired);
        second!.Dispose();
    }

    [Fact]
    public void A_timer_that_is_changed_fires_only_at_its_new_time()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, Seconds(1), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(Seconds(3), Timeout.InfiniteTimeSpan));

        _clock.Advance(Seconds(2));
        Assert.Equal(0, fired);

        _clock.Advance(Seconds(1));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_disposed_timer_neither_fires_nor_can_be_changed()
    {
        var timer = _clock.CreateTimer(_ => Assert.Fail("It fired."), null, Seconds(1), Seconds(1));
        timer.Dispose();

        Assert.False(timer.Change(Seconds(1), Seconds(1)));
        Assert.Equal(0, _clock.ArmedTimers);
        _clock.Advance(Seconds(5));
    }

    [Fact]
    public void Timers_refuse_what_the_systems_timers_refuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _clock.CreateTimer(_ => { }, null, Seconds(-2), Timeout.InfiniteTimeSpan));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _clock.CreateTimer(_ => { }, null, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Delays_end_when_the_clock_has_reached_them()
    {
        var delay = Task.Delay(Seconds(2), _clock);
        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await delay;
    }

    [Fact]
    public void Cancellation_after_a_delay_follows_the_clock()
    {
        using var source = new CancellationTokenSource(Seconds(2), _clock);
        Assert.False(source.IsCancellationRequested);

        _clock.Advance(Seconds(2));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task Waiting_with_a_time_limit_follows_the_clock()
    {
        var never = new TaskCompletionSource();
        var waiting = never.Task.WaitAsync(Seconds(2), _clock, TestContext.Current.CancellationToken);

        _clock.Advance(Seconds(2));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public async Task A_periodic_timer_ticks_with_the_clock()
    {
        using var timer = new PeriodicTimer(Seconds(1), _clock);
        for (var tick = 0; tick < 3; tick++)
        {
            var next = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Assert.False(next.IsCompleted);
            _clock.Advance(Seconds(1));
            Assert.True(await next);
        }
    }

    [Fact]
    public async Task A_test_can_wait_until_the_code_under_test_has_armed_its_timer()
    {
        var armed = _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        using var first = new CancellationTokenSource(Seconds(1), _clock);
        Assert.False(armed.IsCompleted);

        using var second = new CancellationTokenSource(Seconds(1), _clock);

        await armed;
    }

    [Fact]
    public async Task A_test_can_wait_for_a_short_timer_next_to_a_long_one()
    {
        using var idle = new CancellationTokenSource(TimeSpan.FromMinutes(2), _clock);
        var armed = _clock.WaitForTimersAsync(1, within: Seconds(5), TestContext.Current.CancellationToken);
        Assert.False(armed.IsCompleted);

        using var close = new CancellationTokenSource(Seconds(5), _clock);

        await armed;
    }

    [Fact]
    public async Task Waiting_for_timers_can_be_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        var armed = _clock.WaitForTimersAsync(1, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => armed);
    }

    [Fact]
    public void A_callback_sees_the_asynchronous_locals_of_whoever_made_the_timer()
    {
        var local = new AsyncLocal<string> { Value = "maker" };
        string? seen = null;
        using var timer = _clock.CreateTimer(_ => seen = local.Value, null, Seconds(1), Timeout.InfiniteTimeSpan);
        local.Value = "mover";

        _clock.Advance(Seconds(1));

        Assert.Equal("maker", seen);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
