using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>What the engine rests on is written down where it holds, once, and shown by a test of that name.</summary>
public partial class InvariantsTests
{
    private const int Count = 13;

    [Fact]
    public void Each_invariant_stands_once_in_the_code()
    {
        var stated = Directory.EnumerateFiles(EngineFolder(), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Statement().Matches(File.ReadAllText(file)))
            .Select(match => int.Parse(match.Groups[1].ValueSpan, provider: null))
            .Order();

        Assert.Equal(Enumerable.Range(1, Count), stated);
    }

    [Fact]
    public void Each_invariant_has_a_test_that_names_it()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var shown = typeof(InvariantsTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(Own))
            .Select(method => TestName().Match(method.Name))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, provider: null))
            .Distinct()
            .Order();

        Assert.Equal(Enumerable.Range(1, Count), shown);
    }

    [Fact]
    public async Task Invariant_11_code_that_kept_its_loop_may_use_the_engine_after_the_loop_has_moved_on()
    {
        StallRun run = null!;
        run = await StallRun.StartAsync(async (connection, stopping) =>
        {
            var bytes = new byte[1];
            await connection.ReceiveExactlyAsync(bytes, stopping);
            run.Block();

            // Still on the thread that has lost the loop: everything that anybody may call.
            connection.Post(new Work(static () => { }));
            await using var listener = await Listener.BindAsync(
                "tcp://127.0.0.1:0", new ListenOptions { Engine = run.Engine }, stopping);
            var near = await Connection.ConnectAsync(
                listener.Local, new ConnectOptions { Engine = run.Engine }, stopping);
            var far = await listener.AcceptAsync(stopping);
            await near.SendAsync(bytes, stopping);
            await far.ReceiveExactlyAsync(bytes, stopping);
            near.Abort();
            far.Abort();
            await connection.SendAsync(bytes, stopping);
        });
        await using var _ = run;
        var peers = await run.ComeAsync(10);
        foreach (var peer in peers)
        {
            await StallRun.AskAsync(peer, 9);
        }

        await run.BlockedAsync(10);
        run.Tell();

        foreach (var peer in peers)
        {
            Assert.Equal(9, await StallRun.AnswerOfAsync(peer));
        }
    }

    [Fact]
    public async Task Invariant_12_one_connections_code_runs_in_order_but_beside_others_of_its_loop_and_on_any_thread()
    {
        const int Steps = 50;
        const byte Block = 1;
        var threads = new HashSet<int>();
        var inside = 0;

        // For the engine no time passes but what it is told: the loop is handed over when somebody is meant to block.
        var clock = new ManualClock();
        StallRun run = null!;
        ConnectionHandler handler = async (connection, stopping) =>
        {
            var bytes = new byte[1];
            while (await connection.ReceiveAsync(bytes, stopping) > 0)
            {
                if (bytes[0] == Block)
                {
                    run.Block();
                    continue;
                }

                Assert.Equal(1, Interlocked.Increment(ref inside));
                threads.Add(Environment.CurrentManagedThreadId);
                await connection.SendAsync(bytes, stopping);
                Interlocked.Decrement(ref inside);
            }
        };
        run = await StallRun.StartAsync(handler, new EngineOptions { Loops = 1, TimeProvider = clock });
        await using var _ = run;
        var peers = await run.ComeAsync(3);
        await StallRun.AllAnsweredAsync(peers[..1], Steps);
        await StallRun.AskAsync(peers[1], Block);
        await run.BlockedAsync(1);
        await HandedOverAsync(times: 1);
        await StallRun.AllAnsweredAsync(peers[..1], Steps);
        await StallRun.AskAsync(peers[2], Block);
        await run.BlockedAsync(2);
        await HandedOverAsync(times: 2);
        await StallRun.AllAnsweredAsync(peers[..1], Steps);

        Assert.True(threads.Count > 1, "The loop was handed over, and the others went with it.");
        Assert.Equal(2, run.Blocked);

        Task HandedOverAsync(int times) => Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(2));
            return run.Statistics.HandOffs == times;
        });
    }

    [Fact]
    public async Task Invariant_13_whoever_ends_an_operation_does_not_run_what_waited_for_it()
    {
        await using var run = await StallRun.StartAsync(static (connection, stopping) =>
            connection.ReceiveAsync(new byte[1], stopping).AsTask());
        await using var listener = await Listener.BindAsync(
            "tcp://127.0.0.1:0", new ListenOptions { Engine = run.Engine });
        var near = await Connection.ConnectAsync(listener.Local, new ConnectOptions { Engine = run.Engine }).Soon();
        var far = await listener.AcceptAsync().Soon();
        using var cancel = new CancellationTokenSource();
        var wentOnAt = NameOfThreadAfter(far.ReceiveAsync(new byte[1], cancel.Token).AsTask());

        // Synchronously, and on this thread: whoever waited must not go on within it.
        EndWithin(cancel);

        Assert.Equal("Switchboard", await wentOnAt.Soon());
        near.Abort();
        far.Abort();
    }

    private static void EndWithin(CancellationTokenSource cancel) => cancel.Cancel();

    private static Task<string?> NameOfThreadAfter(Task receiving) => receiving.ContinueWith(
        static _ => Thread.CurrentThread.Name,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static string EngineFolder([CallerFilePath] string file = "")
    {
        var root = Path.GetDirectoryName(file)!;
        while (!Directory.Exists(Path.Combine(root, "src")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return Path.Combine(root, "src/Switchboard/Engines");
    }

    [GeneratedRegex(@"Invariant (\d+):")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^Invariant_(\d+)_")]
    private static partial Regex TestName();
}
