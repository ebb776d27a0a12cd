using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

public class SliceTests
{
    [Fact]
    public void Many_small_steps_spend_a_slice()
    {
        var slice = Slice.BeginOnThisThread();
        slice.Renew();
        for (var step = 0; step < 64; step++)
        {
            Assert.False(slice.IsSpent);
            slice.Spend(bytes: 1);
        }

        Assert.True(slice.IsSpent);
        slice.Renew();
        Assert.False(slice.IsSpent);
        Slice.EndOnThisThread();
        Assert.Null(Slice.Current);
    }

    [Fact]
    public void A_few_large_steps_spend_a_slice()
    {
        var slice = Slice.BeginOnThisThread();
        slice.Renew();
        slice.Spend(512 * 1024);
        slice.Spend(512 * 1024);

        Assert.True(slice.IsSpent);
        Slice.EndOnThisThread();
    }

    [Fact]
    public async Task Whoever_has_spent_its_slice_waits_for_its_loop_although_there_is_more()
    {
        var loop = new HandDrivenLoop();
        var operation = new FakeOperation(new FakePolled(loop.Loop)) { Available = 100 };
        Slice.BeginOnThisThread().Renew();
        var asked = Enumerable.Range(0, 64).Select(_ => operation.AskAsync()).ToList();
        var next = operation.AskAsync();
        Slice.EndOnThisThread();
        Assert.All(asked, asking => Assert.True(asking.IsCompletedSuccessfully));
        Assert.False(next.IsCompleted);

        loop.Run();

        Assert.Equal(1, await next.Soon());
    }

    [Fact]
    public async Task A_handler_whose_receive_always_succeeds_lets_others_in()
    {
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 1 });
        using var done = new CancellationTokenSource();
        var isFed = new TaskCompletionSource();
        await using var server = await Server.StartAsync(
            "tcp://127.0.0.1:0",
            async (connection, stopping) =>
            {
                var buffer = new byte[1];
                for (var received = 0; await connection.ReceiveAsync(buffer, stopping) > 0; received++)
                {
                    if (buffer[0] != 0)
                    {
                        await connection.SendAsync(buffer, stopping);
                    }
                    else if (received == 1000)
                    {
                        isFed.TrySetResult();
                    }
                }
            },
            new ServerOptions { Listen = new ListenOptions { Engine = engine } });
        var greedy = await ConnectAsync(server);
        var feeding = FeedAsync(greedy, done.Token);
        await isFed.Task.Soon();

        var other = await ConnectAsync(server);
        for (var round = 0; round < 20; round++)
        {
            await other.SendAsync(new byte[] { 42 });
            await other.ReceiveExactlyAsync(new byte[1]).Soon();
        }

        await done.CancelAsync();
        await feeding.Soon();
        greedy.Abort();
        other.Abort();
        engine.Stop();
    }

    // A byte for each receive: as far as the handler sees the peer is always faster.
    private static async Task FeedAsync(Connection greedy, CancellationToken done)
    {
        var zeros = new byte[64 * 1024];
        while (!done.IsCancellationRequested)
        {
            await greedy.SendAsync(zeros, CancellationToken.None).Soon();
        }
    }

    private static Task<Connection> ConnectAsync(Server server) =>
        Connection.ConnectAsync(server.Local, new ConnectOptions { Engine = Engine.Sockets });
}
