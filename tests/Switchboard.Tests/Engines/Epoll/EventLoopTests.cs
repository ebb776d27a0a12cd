using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public sealed class EventLoopTests : IDisposable
{
    private const int Pieces = 12;

    private readonly ScriptedFaults _faults = new();
    private readonly Crew _crew = new(new EngineOptions());
    private readonly PolledTable _table = new();
    private readonly List<int> _descriptors = [];
    private readonly List<Thread> _threads = [];
    private readonly EventLoop _loop;
    private int _done;

    public EventLoopTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");
        var watch = new StallWatch(_crew, TimeProvider.System, () => 0);
        _loop = new EventLoop(_table, watch, _crew, new EngineOptions(), _faults);
    }

    public static TheoryData<int> Points => [.. Enumerable.Range(1, Pieces)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Invariant_4_each_event_is_delivered_once_wherever_the_loop_is_taken_over(int point)
    {
        var sources = Enumerable.Range(0, Pieces).Select(_ => Happening(() => CountAndTakeOverAt(point))).ToList();

        Run(_loop.Word);

        await Waiting.UntilAsync(() => Volatile.Read(ref _done) == Pieces);
        Assert.All(sources, source => Assert.Equal(1, source.Happened));
        Assert.Equal(2, _threads.Count);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task An_event_that_was_claimed_is_delivered_though_the_loop_was_taken_meanwhile(int point)
    {
        var claimed = 0;
        var sources = Enumerable.Range(0, Pieces)
            .Select(_ => Happening(() => Interlocked.Increment(ref _done))).ToList();
        _faults.Delivering = source =>
        {
            if (source is not null && Interlocked.Increment(ref claimed) == point)
            {
                HandOver();
                SpinWait.SpinUntil(() => Volatile.Read(ref _done) == Pieces - 1, Patience);
            }
        };

        Run(_loop.Word);

        await Waiting.UntilAsync(() => Volatile.Read(ref _done) == Pieces);
        Assert.All(sources, source => Assert.Equal(1, source.Happened));
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Each_job_runs_once_wherever_the_loop_is_taken_over(int point)
    {
        var runs = new int[Pieces];
        for (var i = 0; i < Pieces; i++)
        {
            var job = i;
            _loop.Post(
                new Work(() =>
                {
                    Interlocked.Increment(ref runs[job]);
                    CountAndTakeOverAt(point);
                }),
                source: null);
        }

        Run(_loop.Word);

        await Waiting.UntilAsync(() => Volatile.Read(ref _done) == Pieces);
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Invariant_3_whoever_lost_the_loop_delivers_nothing_of_its_next_owners_batch()
    {
        using var told = new ManualResetEventSlim();
        var threads = new HashSet<int>();
        var first = Happening(() =>
        {
            HandOver();
            told.Wait();
        });
        Run(_loop.Word);
        await Waiting.UntilAsync(() => first.Happened == 1 && _loop.Word.IsPolling);

        // The new owner polls again, into the same memory; then the old one comes back.
        var next = Happening(() =>
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }
        });
        await Waiting.UntilAsync(() => next.Happened == 1);
        told.Set();
        _threads[0].Join();
        var last = Happening(() => { });
        await Waiting.UntilAsync(() => last.Happened == 1);

        Assert.Equal((1, 1, 1), (first.Happened, next.Happened, last.Happened));
        Assert.Equal([_threads[1].ManagedThreadId], threads);
    }

    [Fact]
    public async Task A_loop_that_is_taken_again_and_again_delivers_each_event_once()
    {
        using var done = new CancellationTokenSource();
        Run(_loop.Word);
        var taking = Task.Run(() =>
        {
            for (var taken = 0; taken < 100 && !done.IsCancellationRequested;)
            {
                var word = _loop.Word;
                if (_loop.TryTake(ref word))
                {
                    Run(word);
                    taken++;
                }
            }
        });

        for (var round = 0; round < 20; round++)
        {
            var sources = Enumerable.Range(0, 50).Select(_ => Happening(() => Thread.SpinWait(200))).ToList();
            await Waiting.UntilAsync(() => sources.TrueForAll(source => source.Happened > 0));
            Assert.All(sources, source => Assert.Equal(1, source.Happened));
            CloseDescriptors();
        }

        await done.CancelAsync();
        await taking.Soon();
    }

    [Fact]
    public async Task A_loop_that_sleeps_runs_what_is_posted()
    {
        Run(_loop.Word);
        for (var i = 1; i <= 100; i++)
        {
            await Waiting.UntilAsync(() => _loop.Word.IsPolling);
            _loop.Post(new Work(() => Interlocked.Increment(ref _done)), source: null);
            await Waiting.UntilAsync(() => Volatile.Read(ref _done) == i);
        }
    }

    [Fact]
    public async Task Posts_from_many_threads_at_any_moment_are_all_run()
    {
        const int Each = 20_000;
        Run(_loop.Word);
        var work = new Work(() => Interlocked.Increment(ref _done));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                _loop.Post(work, source: null);
                Thread.SpinWait(i % 64);
            }
        }))).Soon();

        await Waiting.UntilAsync(() => Volatile.Read(ref _done) == 3 * Each);
    }

    [Fact]
    public async Task A_wake_that_its_first_owner_was_slow_to_note_loses_no_job()
    {
        var wakes = 0;
        _faults.Delivering = source =>
        {
            if (source is null && Interlocked.Increment(ref wakes) == 1)
            {
                HandOver();
                SpinWait.SpinUntil(() => _loop.Word.IsPolling, Patience);
                _loop.Post(new Work(() => Interlocked.Increment(ref _done)), source: null);
            }
        };
        Run(_loop.Word);
        await Waiting.UntilAsync(() => _loop.Word.IsPolling);

        _loop.Post(new Work(() => Interlocked.Increment(ref _done)), source: null);

        await Waiting.UntilAsync(() => Volatile.Read(ref _done) == 2);
    }

    [Fact]
    public void What_is_posted_after_the_end_still_runs()
    {
        _loop.Stop();
        _loop.Run(NewOwner(), _loop.Word);
        using var ran = new ManualResetEventSlim();

        _loop.Post(new Work(ran.Set), source: null);

        Assert.True(ran.Wait(Patience));
    }

    public void Dispose()
    {
        _loop.Stop();
        Thread[] threads;
        lock (_threads)
        {
            threads = [.. _threads];
        }

        Assert.All(threads, thread => Assert.True(thread.Join(Patience)));
        CloseDescriptors();
    }

    private static TimeSpan Patience => TimeSpan.FromMinutes(3);

    private void CountAndTakeOverAt(int point)
    {
        if (Interlocked.Increment(ref _done) == point)
        {
            HandOver();
            SpinWait.SpinUntil(() => Volatile.Read(ref _done) == Pieces, Patience);
        }
    }

    /// <summary>
    /// Gives the loop to another thread, as the watch would while the caller's code keeps it. Asserts nothing: on a
    /// thread of the test's own nobody would catch it; the test finds out by what does not happen.
    /// </summary>
    private void HandOver()
    {
        var word = _loop.Word;
        if (_loop.TryTake(ref word))
        {
            Run(word);
        }
    }

    private void Run(LoopWord word)
    {
        var thread = new Thread(() => _loop.Run(NewOwner(), word)) { IsBackground = true };
        lock (_threads)
        {
            _threads.Add(thread);
        }

        thread.Start();
    }

    private CrewThread NewOwner() => new(_crew, TimeProvider.System);

    /// <summary>Somebody to whom something happens at once: there is room to write.</summary>
    private FakePolled Happening(Action whenItHappens)
    {
        var descriptor = Libc.EventDescriptor(0, Libc.NonBlocking | Libc.CloseOnExec);
        _descriptors.Add(descriptor);
        var source = new FakePolled(_loop, descriptor) { WhenItHappens = whenItHappens };
        Assert.Equal(0, _loop.Register(source));
        return source;
    }

    private void CloseDescriptors()
    {
        _descriptors.ForEach(descriptor => Assert.Equal(0, Libc.Close(descriptor)));
        _descriptors.Clear();
    }
}
