using Switchboard.Tests.Connections;
using Switchboard.Tests.Transports;

namespace Switchboard.Tests.Serving;

public class AcceptLoopTests
{
    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(ObjectDisposedException))]
    public async Task A_listener_that_gives_up_by_itself_is_not_taken_for_a_stop(Type kind)
    {
        var error = kind == typeof(ObjectDisposedException)
            ? new ObjectDisposedException("gone")
            : (Exception)new OperationCanceledException("by itself");
        var wires = new FakeListener("memory:loop");
        await using var server = await Server.StartAsync(
            "memory:loop", (_, _) => Task.CompletedTask, new ServerOptions { Listen = new() { Transport = wires } });
        wires.Fail(error);

        Assert.Same(error, await Assert.ThrowsAnyAsync<Exception>(() => server.Accepting.Soon()));
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_accepts_nobody_any_more_in_order()
    {
        var server = await Server.StartAsync("memory:loop-in-order", (_, _) => Task.CompletedTask);
        await server.StopAsync().Soon();

        Assert.True(server.Accepting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_drain_longer_than_any_timer_is_refused_and_the_server_goes_on()
    {
        await using var server = await Server.StartAsync("memory:long-drain", (_, _) => Task.CompletedTask);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.StopAsync(TimeSpan.MaxValue));

        Assert.False(server.Accepting.IsCompleted);
    }
}
