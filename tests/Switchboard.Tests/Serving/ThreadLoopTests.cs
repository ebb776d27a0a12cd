using System.Collections.Concurrent;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Serving;

public class ThreadLoopTests
{
    private static readonly Framing Lines = Framing.Lines(maxBytes: 1000);

    public static TheoryData<string> Engines => [.. TestEngines.All];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Each_connection_has_a_thread_that_its_handler_never_leaves(string engine)
    {
        var threads = new ConcurrentDictionary<long, ConcurrentBag<Thread>>();
        await using var server = await StartAsync(engine, async (connection, stopping) =>
        {
            var mine = threads.GetOrAdd(connection.Id, _ => []);
            mine.Add(Thread.CurrentThread);
            var frames = connection.Frames(Lines);
            await using (frames.ConfigureAwait(false))
            {
                while (await frames.ReceiveAsync(stopping).ConfigureAwait(false) is { } line)
                {
                    mine.Add(Thread.CurrentThread);
                    await frames.SendAsync(line, CancellationToken.None).ConfigureAwait(false);
                    mine.Add(Thread.CurrentThread);
                }
            }
        });
        await using var one = await ConnectAsync(server, engine);
        await using var other = await ConnectAsync(server, engine);
        for (var round = 0; round < 20; round++)
        {
            await AskAsync(one, $"one {round}");
            await AskAsync(other, $"other {round}");
        }

        var distinct = threads.Values.Select(mine => mine.Distinct().ToList()).ToList();
        Assert.Equal(2, distinct.Count);
        Assert.All(distinct, mine => Assert.Single(mine));
        Assert.NotEqual(distinct[0][0].ManagedThreadId, distinct[1][0].ManagedThreadId);
        Assert.All(distinct, mine => Assert.False(mine[0].IsThreadPoolThread));
    }

    [Fact]
    public async Task Handlers_that_block_keep_nobody_waiting_and_are_no_stall()
    {
        const int Blocked = 30;
        using var gate = new ManualResetEventSlim();
        using var inside = new CountdownEvent(Blocked);
        var observer = new RecordingObserver();
        await using var server = await StartAsync(TestEngines.Sockets, async (connection, _) =>
        {
            var first = new byte[1];
            await connection.ReceiveAsync(first, CancellationToken.None);
            if (first[0] == (byte)'b')
            {
                inside.Signal();
                gate.Wait(CancellationToken.None);
            }

            await connection.SendAsync(first, CancellationToken.None);
        }, observer);
        var blocked = new List<Connection>();
        for (var i = 0; i < Blocked; i++)
        {
            blocked.Add(await ConnectAsync(server, TestEngines.Sockets));
            await blocked[^1].SendAsync("b"u8.ToArray());
        }

        await Waiting.UntilAsync(() => inside.IsSet);
        await using var quick = await ConnectAsync(server, TestEngines.Sockets);
        await quick.SendAsync("q"u8.ToArray());
        Assert.Equal("q"u8.ToArray(), await quick.ReceiveToEndAsync(1).Soon());

        gate.Set();
        foreach (var connection in blocked)
        {
            Assert.Equal("b"u8.ToArray(), await connection.ReceiveToEndAsync(1).Soon());
            await connection.DisposeAsync();
        }

        Assert.Empty(observer.Stalled);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_awaits_something_else_goes_on_without_its_thread_and_holds_no_other(string engine)
    {
        await using var server = await StartAsync(engine, async (connection, stopping) =>
        {
            await Task.Yield();
            var thread = Thread.CurrentThread;
            var receiving = connection.ReceiveAsync(new byte[1], stopping);

            // It is asked for off the connection's own thread, and does not block there.
            await connection.SendAsync("r"u8.ToArray(), CancellationToken.None);
            await receiving;
            Assert.True(thread.IsThreadPoolThread);
            await connection.SendAsync("d"u8.ToArray(), CancellationToken.None);
        });
        await using var peer = await ConnectAsync(server, engine);

        await peer.ReceiveExactlyAsync(new byte[1]).Soon();
        await peer.SendAsync("x"u8.ToArray());

        Assert.Equal("d"u8.ToArray(), await peer.ReceiveToEndAsync(1).Soon());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_stop_waits_for_handlers_and_resets_those_that_go_on(string engine)
    {
        await using var server = await StartAsync(
            engine, async (connection, _) => await connection.ReceiveToEndAsync(10, CancellationToken.None));
        await using var polite = await ConnectAsync(server, engine);
        await using var stubborn = await ConnectAsync(server, engine);
        await Waiting.UntilAsync(() => server.GetStatistics().Open == 2);
        await polite.CompleteSendingAsync();
        await Waiting.UntilAsync(() => server.GetStatistics().Open == 1);

        var drained = await server.StopAsync(TimeSpan.FromMilliseconds(1)).Soon();

        Assert.Equal(1, drained.Aborted);
        await Assert.ThrowsAsync<ConnectionResetException>(() => stubborn.ReceiveAsync(new byte[1]).Soon());
        await Waiting.UntilAsync(() => server.GetStatistics().Open == 0);
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_cut_off_as_on_every_loop()
    {
        var observer = new RecordingObserver();
        await using var server = await StartAsync(
            TestEngines.Sockets,
            async (connection, stopping) => await connection.ReceiveAsync(new byte[1], stopping),
            observer,
            new ServerLimits { IdleTimeout = TimeSpan.FromMilliseconds(20) });
        await using var silent = await ConnectAsync(server, TestEngines.Sockets);

        await Waiting.UntilAsync(() => observer.Ended.Any(end => end.Reason == EndReason.TimedOut));
    }

    private static Task<Server> StartAsync(
        string engine, ConnectionHandler handler, ServerObserver? observer = null, ServerLimits? limits = null) =>
        Server.StartAsync("tcp://127.0.0.1:0", handler, new ServerOptions
        {
            Loop = ServerLoop.Thread,
            Listen = new ListenOptions { Engine = TestEngines.Of(engine) },
            Observer = observer,
            Limits = limits ?? new ServerLimits(),
        });

    private static async Task<Connection> ConnectAsync(Server server, string engine) =>
        await Connection.ConnectAsync(server.Local, new ConnectOptions { Engine = TestEngines.Of(engine) });

    private static async Task AskAsync(Connection connection, string line)
    {
        await connection.SendAsync(System.Text.Encoding.UTF8.GetBytes($"{line}\n"));
        var answer = await connection.ReceiveUntilAsync("\n"u8.ToArray(), maxBytes: 1000).Soon();
        Assert.Equal(line, System.Text.Encoding.UTF8.GetString(answer!));
    }
}
