using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public sealed class CrewTests : IDisposable
{
    // Nobody leaves because it has rested long enough: who leaves was told to.
    private readonly Crew _crew = new(new EngineOptions { MaxSpareThreads = 4 })
    {
        RestBeforeLeaving = Timeout.InfiniteTimeSpan,
    };

    private readonly TaskCompletionSource _told = new();
    private int _running;

    [Fact]
    public async Task Lanes_take_three_quarters_of_the_threads_and_further_jobs_wait()
    {
        RunBlocked(10);

        await Waiting.UntilAsync(() => Volatile.Read(ref _running) == 3);

        Assert.Equal((3, 3, true), (_crew.Lanes, _crew.Threads, _crew.IsShort));
        Assert.Equal(10, _crew.LaneRuns);
    }

    [Fact]
    public async Task Jobs_that_waited_run_when_a_lane_is_free_and_none_is_lost()
    {
        RunBlocked(100);
        await Waiting.UntilAsync(() => Volatile.Read(ref _running) == 3);

        _told.TrySetResult();

        await Waiting.UntilAsync(() => Volatile.Read(ref _running) == 100 && _crew.Lanes == 0);
        Assert.False(_crew.IsShort);
        Assert.Equal(3, _crew.Threads);
    }

    [Fact]
    public async Task A_thread_that_rests_is_given_the_next_job()
    {
        _told.TrySetResult();
        for (var i = 1; i <= 20; i++)
        {
            RunBlocked(1);
            await Waiting.UntilAsync(() => Volatile.Read(ref _running) == i && _crew.Spares == 1);
        }

        Assert.Equal(1, _crew.Threads);
    }

    [Fact]
    public void Threads_that_have_rested_may_go_but_one_stays()
    {
        var threads = Enumerable.Range(0, 3).Select(_ => _crew.Hire()).ToList();
        threads.ForEach(_crew.Rest);

        Assert.Equal([true, true, false], threads.Select(_crew.TryDismiss));
    }

    [Fact]
    public void A_thread_that_was_given_something_may_not_go()
    {
        var threads = Enumerable.Range(0, 2).Select(_ => _crew.Hire()).ToList();
        threads.ForEach(_crew.Rest);
        RunBlocked(1);

        Assert.False(_crew.TryDismiss(threads[1]));
    }

    [Fact]
    public async Task Growing_without_need_adds_nothing()
    {
        _crew.Grow();
        RunBlocked(1);
        await Waiting.UntilAsync(() => Volatile.Read(ref _running) == 1);
        _crew.Grow();

        Assert.Equal((1, 1), (_crew.Lanes, _crew.Threads));
    }

    [Fact]
    public async Task All_threads_go_when_the_crew_is_stopped_whether_they_rest_or_work()
    {
        RunBlocked(2);
        await Waiting.UntilAsync(() => Volatile.Read(ref _running) == 2);
        _crew.Stop();
        Assert.Equal(2, _crew.Threads);

        _told.TrySetResult();

        await Waiting.UntilAsync(() => _crew.Threads == 0);
    }

    public void Dispose()
    {
        _told.TrySetResult();
        _crew.Stop();
    }

    private void RunBlocked(int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            var work = new Work(() =>
            {
                Interlocked.Increment(ref _running);
                _told.Task.Wait();
            });
            _crew.RunOnLane(new Job(work, Source: null));
        }
    }
}
