using Microsoft.Extensions.Diagnostics.HealthChecks;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Hosting;

public sealed class HostedServerTests
{
    [Fact]
    public async Task It_serves_while_its_host_runs_and_logs_what_happens()
    {
        await using var run = await HostRun.StartAsync("tcp://127.0.0.1:0", EchoAsync);
        await using (var client = await run.ConnectAsync())
        {
            await client.SendAsync("abc"u8.ToArray());
            await client.CompleteSendingAsync();
            Assert.Equal("abc"u8.ToArray(), await client.ReceiveToEndAsync(100).Soon());
        }

        await Waiting.UntilAsync(() => run.Server.GetStatistics() is { Accepted: 1, Open: 0 });
        await run.StopAsync();

        Assert.Contains($"Now listening at {run.Server.Local}", run.Log.Texts);
        Assert.Contains(run.Log.Texts, text =>
            text.Contains("ended: Finished, 3 bytes received, 3 sent", StringComparison.Ordinal));
        Assert.Contains(run.Log.Texts, text => text.StartsWith(
            $"Stopped listening at {run.Server.Local}: 0 connections finished, 0 were", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_waits_for_handlers_and_reports_them()
    {
        await using var run = await HostRun.StartAsync("memory:hosted-drain", async (connection, stopping) =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => connection.ReceiveAsync(new byte[1], stopping).AsTask());
            await connection.SendAsync("bye"u8.ToArray(), CancellationToken.None);
        });
        await using var client = await run.ConnectAsync();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 1);

        var stopping = run.StopAsync();
        Assert.Equal("bye"u8.ToArray(), await client.ReceiveToEndAsync(100).Soon());
        await client.DisposeAsync();
        await stopping;

        Assert.Contains(run.Log.Texts, text =>
            text.Contains("1 connections finished, 0 were aborted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handlers_are_aborted_when_the_host_has_no_more_patience()
    {
        await using var run = await HostRun.StartAsync(
            "memory:hosted-abort",
            (connection, _) => connection.ReceiveToEndAsync(100, CancellationToken.None).AsTask());
        await using var client = await run.ConnectAsync();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 1);

        await run.StopAsync(new CancellationToken(canceled: true));

        Assert.Contains(run.Log.Texts, text =>
            text.Contains("0 connections finished, 1 were aborted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_whose_server_cannot_listen_does_not_start_and_says_why()
    {
        await using var first = await HostRun.StartAsync("tcp://127.0.0.1:0", EchoAsync);

        var error = await Assert.ThrowsAsync<BindException>(() => HostRun.StartAsync(first.Server.Local, EchoAsync));

        Assert.Contains("the address is in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_healthy_while_it_accepts_degraded_when_full_and_unhealthy_once_stopped()
    {
        var options = new ServerOptions { Limits = new ServerLimits { MaxConnections = 1 } };
        await using var run = await HostRun.StartAsync("memory:hosted-health", EchoAsync, options);
        Assert.Equal(HealthStatus.Healthy, (await run.CheckHealthAsync()).Status);

        await using var client = await run.ConnectAsync();
        await Waiting.UntilAsync(() => run.Server.GetStatistics().Open == 1);
        var full = await run.CheckHealthAsync();
        Assert.Equal((HealthStatus.Degraded, 1), (full.Status, (int)full.Data["open"]));

        await client.DisposeAsync();
        await run.StopAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await run.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task An_observer_of_ones_own_is_told_besides()
    {
        var observer = new CountingObserver();
        await using var run = await HostRun.StartAsync(
            "memory:hosted-observer", (_, _) => throw new InvalidOperationException("broken"),
            new ServerOptions { Observer = observer });
        await using var client = await run.ConnectAsync();

        await Waiting.UntilAsync(() => observer is { Opened: 1, Failed: 1, Ended: 1 });
        Assert.Contains(run.Log.Texts, text => text.StartsWith("The handler of connection", StringComparison.Ordinal));
    }

    private static async Task EchoAsync(Connection connection, CancellationToken stopping) =>
        await connection.SendAsync(await connection.ReceiveToEndAsync(100, stopping), stopping);
}
