using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Serving;

/// <summary>Whoever observes a process is told of all that it connects, from that moment on.</summary>
public sealed class ProcessObserverTests
{
    [Fact]
    public async Task Listeners_servers_and_both_ends_of_connections_are_told()
    {
        var process = new RecordingProcess();
        using var observation = process.Start();
        var server = await Server.StartAsync(
            "tcp://127.0.0.1:0", static (_, _) => Task.CompletedTask, new ServerOptions { Listen = Untimed.Listen });
        var near = await Connection.ConnectAsync(server.Local, Untimed.Connect);
        Assert.Equal(0, await near.ReceiveAsync(new byte[1]).Soon());
        await near.DisposeAsync();
        await server.StopAsync().Soon();

        Assert.Equal(["started"], process.Of(server));
        Assert.Equal(["opened", "ended Finished"], process.Of(near));
        var far = Assert.Single(process.AcceptedAt(server.Local));
        Assert.Equal(["opened", "accepted", "ended Finished"], process.Of(far));
    }

    [Fact]
    public async Task A_listener_is_told_once_however_often_it_is_disposed()
    {
        var process = new RecordingProcess();
        using var observation = process.Start();
        var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        await listener.DisposeAsync();
        await listener.DisposeAsync();

        Assert.Equal(["opened", "closed"], process.Of(listener));
    }

    [Fact]
    public void Nothing_is_told_any_more_once_the_observing_has_ended()
    {
        var process = new RecordingProcess();
        var observation = process.Start();
        var (first, _) = Connection.CreatePair();
        observation.Dispose();
        observation.Dispose();
        var (second, _) = Connection.CreatePair();
        first.Abort();

        Assert.Equal(["opened"], process.Of(first));
        Assert.Empty(process.Of(second));
        second.Abort();
    }

    [Fact]
    public void An_observer_that_throws_breaks_nothing()
    {
        using var observation = new ThrowingProcess().Start();
        var (near, far) = Connection.CreatePair();
        near.Abort();
        far.Abort();
    }

    private sealed class ThrowingProcess : ProcessObserver
    {
        public override void ConnectionOpened(Connection connection) =>
            throw new InvalidOperationException("An observer's own mistake.");
    }
}
