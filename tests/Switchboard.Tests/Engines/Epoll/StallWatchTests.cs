using Switchboard.Engines.Epoll;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public sealed class StallWatchTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly ManualClock _clock = new();
    private readonly TaskCompletionSource _told = new();
    private readonly Crew _crew;
    private readonly StallWatch _watch;
    private readonly EventLoop _loop;
    private CrewThread? _formerOwner;
    private Thread? _blocked;
    private long _compiled;

    public StallWatchTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        var options = new EngineOptions { MaxSpareThreads = 4, TimeProvider = _clock };
        _crew = new Crew(options);
        _watch = new StallWatch(_crew, _clock, () => _compiled);
        _loop = new EventLoop(new PolledTable(), _watch, _crew, options, faults: null);
        _watch.Watch([_loop]);
        _crew.TakeOver(_loop, _loop.Word);
    }

    [Fact]
    public async Task Code_that_sleeps_is_marked_and_then_the_loop_is_handed_over()
    {
        var blocker = await BlockAsync(_told.Task.Wait);

        LookAfter(Look / 2);
        Assert.Equal((0, 0), (_watch.Stalls, _watch.HandOffs));
        LookAfter(Look / 2);
        Assert.Equal((1, 0, 1), (_watch.Stalls, _watch.HandOffs, blocker.Stalls));
        LookAfter(Look);
        LookAfter(Look);
        Assert.Equal((1, 1, 1), (_watch.Stalls, _watch.HandOffs, blocker.Stalls));

        await RunsAsync();
    }

    [Fact]
    public async Task Code_that_computes_is_marked_and_then_the_loop_is_handed_over()
    {
        var blocker = await StartAsync(Compute);

        await Waiting.UntilAsync(() =>
        {
            LookAfter(Look);
            return _watch.HandOffs == 1;
        });

        Assert.Equal(1, blocker.Stalls);
        await RunsAsync();
    }

    [Fact]
    public async Task Code_that_is_still_being_compiled_is_handed_over_and_blamed_for_nothing()
    {
        var blocker = await StartAsync(Compute);

        await Waiting.UntilAsync(() =>
        {
            _compiled++;
            LookAfter(Look);
            return _watch.HandOffs == 1;
        });

        Assert.Equal((0, 0), (_watch.Stalls, blocker.Stalls));
        await RunsAsync();
    }

    [Fact]
    public async Task Code_that_was_compiled_and_then_blocks_is_marked_after_it_has_lost_its_loop()
    {
        var blocker = await LoseLoopWhileCompilingAsync();

        for (var time = Look; time < TimeSpan.FromMilliseconds(100); time += Look)
        {
            LookAfter(Look);
        }

        Assert.Equal((0, 0), (_watch.Stalls, blocker.Stalls));
        LookAfter(Look);
        Assert.Equal((1, 1), (_watch.Stalls, blocker.Stalls));
        LookAfter(Look);
        Assert.Equal((1, 1, 1), (_watch.Stalls, _watch.HandOffs, blocker.Stalls));
    }

    [Fact]
    public async Task Code_that_blocks_while_others_are_compiled_all_the_time_is_marked_in_the_end()
    {
        var blocker = await LoseLoopWhileCompilingAsync();

        for (var look = 0; look < 1000 / 2; look++)
        {
            _compiled++;
            LookAfter(Look);
        }

        Assert.Equal((1, 1, 1), (_watch.Stalls, _watch.HandOffs, blocker.Stalls));
    }

    [Fact]
    public async Task Code_that_was_compiled_and_came_back_is_not_blamed_for_what_its_thread_does_next()
    {
        var blocker = await LoseLoopWhileCompilingAsync();
        var former = _formerOwner!;
        _told.SetResult();
        await Waiting.UntilAsync(() => former.Rests > 0 && _loop.Word.IsPolling);

        await Waiting.UntilAsync(() =>
        {
            LookAfter(Look);
            return !_watch.LookAround();
        });

        Assert.Equal((0, 0), (_watch.Stalls, blocker.Stalls));
    }

    [Fact]
    public async Task A_loop_that_polls_is_left_alone()
    {
        await Waiting.UntilAsync(() => _loop.Word.IsPolling);
        Assert.True(_watch.LookAround());

        for (var i = 0; i < 100; i++)
        {
            _clock.Advance(Look);
            Assert.False(_watch.LookAround());
        }

        Assert.Equal((0, 0), (_watch.Stalls, _watch.HandOffs));
    }

    [Fact]
    public async Task A_look_that_comes_very_late_hands_nothing_over()
    {
        await BlockAsync(_told.Task.Wait);

        LookAfter(TimeSpan.FromMinutes(1));

        Assert.Equal((1, 0), (_watch.Stalls, _watch.HandOffs));
    }

    [Fact]
    public async Task Every_piece_of_work_has_its_time_anew()
    {
        for (var i = 0; i < 5; i++)
        {
            using var told = new ManualResetEventSlim();
            var blocker = await BlockAsync(told.Wait);
            LookAfter(Look / 2);
            told.Set();
            await Waiting.UntilAsync(() => _loop.Word.IsPolling);
            Assert.Equal(0, blocker.Stalls);
        }

        Assert.Equal((0, 0), (_watch.Stalls, _watch.HandOffs));
    }

    [Fact]
    public async Task Jobs_that_wait_for_a_lane_get_one_more_thread_each_tenth_of_a_second()
    {
        const int Lanes = 3;
        const int Jobs = 8;
        var running = 0;
        for (var i = 0; i < Jobs; i++)
        {
            var work = new Work(() =>
            {
                Interlocked.Increment(ref running);
                _told.Task.Wait();
            });
            _crew.RunOnLane(new Job(work, Source: null));
        }

        await Waiting.UntilAsync(() => Volatile.Read(ref running) == Lanes);
        for (var extra = 1; extra <= Jobs - Lanes; extra++)
        {
            for (var look = 1; look < 50; look++)
            {
                LookAfter(Look);
            }

            Assert.Equal(Lanes + extra - 1, _crew.Lanes);
            LookAfter(Look);
            Assert.Equal(Lanes + extra, _crew.Lanes);
        }

        await Waiting.UntilAsync(() => Volatile.Read(ref running) == Jobs);
        Assert.False(_crew.IsShort);
    }

    [Fact]
    public async Task Invariant_10_a_watch_that_sleeps_is_woken_by_work()
    {
        var watch = new StallWatch(_crew, TimeProvider.System, () => 0);
        var loop = new EventLoop(new PolledTable(), watch, _crew, new EngineOptions(), faults: null);
        watch.Start([loop]);
        _crew.TakeOver(loop, loop.Word);
        for (var round = 1; round <= 3; round++)
        {
            await Waiting.UntilAsync(() => watch.IsAsleep);
            using var told = new ManualResetEventSlim();
            var cameBack = new TaskCompletionSource();
            loop.Post(
                new Work(() =>
                {
                    told.Wait();
                    cameBack.SetResult();
                }),
                source: null);
            await Waiting.UntilAsync(() => watch.HandOffs == round);
            told.Set();

            // The loop may have been handed over before the code came to its wait.
            await cameBack.Task.Soon();
        }

        watch.Stop();
        loop.Stop();
    }

    public void Dispose()
    {
        _told.TrySetResult();
        _loop.Stop();
        _crew.Stop();
    }

    private async Task<FakePolled> BlockAsync(Action block)
    {
        var blocker = await StartAsync(block);

        // Both: a collection, too, may have it sleep for a moment, and then it is not yet where it is to block.
        await Waiting.UntilAsync(() => _blocked!.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin)
            && _loop.Owner is { IsAsleep: true });
        return blocker;
    }

    private async Task<FakePolled> LoseLoopWhileCompilingAsync()
    {
        var blocker = await BlockAsync(_told.Task.Wait);
        _formerOwner = _loop.Owner;
        await Waiting.UntilAsync(() =>
        {
            _compiled++;
            LookAfter(Look);
            return _watch.HandOffs == 1;
        });
        Assert.Equal((0, 0), (_watch.Stalls, blocker.Stalls));
        return blocker;
    }

    private async Task<FakePolled> StartAsync(Action block)
    {
        var blocker = new FakePolled(_loop);
        var isIn = new TaskCompletionSource();
        _loop.Post(
            new Work(() =>
            {
                _blocked = Thread.CurrentThread;
                isIn.SetResult();
                block();
            }),
            blocker);
        await isIn.Task.Soon();
        _watch.LookAround();
        return blocker;
    }

    private void Compute()
    {
        while (!_told.Task.IsCompleted)
        {
            Thread.SpinWait(100);
        }
    }

    private void LookAfter(TimeSpan time)
    {
        _clock.Advance(time);
        _watch.LookAround();
    }

    /// <summary>The loop runs again, beside the code that blocks.</summary>
    private async Task RunsAsync()
    {
        var ran = new TaskCompletionSource();
        _loop.Post(new Work(ran.SetResult), source: null);
        await ran.Task.Soon();
        Assert.False(_told.Task.IsCompleted);
    }
}
