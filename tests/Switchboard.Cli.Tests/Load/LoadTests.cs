using System.Diagnostics;
using System.Text;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Load;

/// <summary>
/// Many clients at once against the command as people run it. Alone, because each test fills the machine.
/// </summary>
[Collection(nameof(LoadTests))]
[CollectionDefinition(nameof(LoadTests), DisableParallelization = true)]
public sealed class LoadTests
{
    private const int Clients = 10_000;
    private const int LinesEach = 100;

    [Fact]
    public async Task Ten_thousand_clients_at_once_get_every_line_back_and_nothing_of_them_stays()
    {
        Assert.SkipUnless(
            ProcessUse.DescriptorLimit > Clients + 500,
            $"Needs {Clients + 500} descriptors; this user has {ProcessUse.DescriptorLimit} (see ulimit -Hn).");

        // The first are silent until the last has come, however long that takes.
        await using var run = RunningProgram.StartSwitchboard(
            "serve", "echo", "127.0.0.1:0", "--json", "--idle", "1h");
        var endpoint = await run.EndpointAsync();
        await Peer.AskAsync(endpoint, "warm");
        var use = new ProcessUse(run);
        var (descriptors, threads) = (use.Descriptors, use.Threads);

        var everybodyIsThere = new Gathering(Clients);
        var talks = Enumerable.Range(0, Clients).Select(client => TalkAsync(endpoint, client, everybodyIsThere));
        var whole = await Task.WhenAll(talks.ToArray());

        Assert.Equal(Clients, whole.Count(all => all));
        await ProcessUse.FallsToAsync("descriptors", () => use.Descriptors, descriptors);
        await ProcessUse.FallsToAsync("threads", () => use.Threads, ThreadsThatMayStay(threads));
        await run.SignalAsync("TERM");
        Assert.Equal(0, await run.ExitAsync());
        Assert.Contains($"\"accepted\":{Clients + 1},\"refused\":0,\"handlersFailed\":0", run.Output.Lines[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_relayed_connections_leave_nothing_behind()
    {
        const int AtOnce = 100;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernel's own word on a process is in files on Linux only.");
        await using var target = RunningProgram.StartSwitchboard("serve", "echo", "127.0.0.1:0", "--json");
        await using var relay = RunningProgram.StartSwitchboard(
            "relay", "127.0.0.1:0", $"{await target.EndpointAsync()}", "--json");
        var endpoint = await relay.EndpointAsync();
        await Peer.AskAsync(endpoint, "warm");
        var use = new ProcessUse(relay);
        var (descriptors, threads) = (use.Descriptors, use.Threads);

        for (var round = 0; round < Clients / AtOnce; round++)
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, AtOnce).Select(client => Peer.AskAsync(endpoint, $"{round}.{client}")));
            Assert.Equal(Enumerable.Range(0, AtOnce).Select(client => $"{round}.{client}"), answers);
        }

        await ProcessUse.FallsToAsync("descriptors", () => use.Descriptors, descriptors);
        await ProcessUse.FallsToAsync("threads", () => use.Threads, ThreadsThatMayStay(threads));
        await relay.SignalAsync("TERM");
        Assert.Equal(0, await relay.ExitAsync());
        Assert.Contains($"\"accepted\":{Clients + 1},\"refused\":0,\"handlersFailed\":0", relay.Output.Lines[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_of_descriptors_the_server_rests_and_serves_again_twenty_times_out_of_twenty()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernel's own word on a process is in files on Linux only.");
        Programs.Require("prlimit");
        for (var time = 1; time <= 20; time++)
        {
            await using var run = RunningProgram.StartWithDescriptors(250, "serve", "echo", "127.0.0.1:0", "--json");
            var endpoint = await run.EndpointAsync();

            await CrowdAsync(run, endpoint, clients: 400);

            Assert.Equal("served again", await Peer.AskAsync(endpoint, "served again"));
            Assert.Contains(run.Output.Lines, line => line.Contains("accept-paused", StringComparison.Ordinal));
        }
    }

    /// <summary>More clients than the server has descriptors for come, stay until it rests, and leave.</summary>
    private static async Task CrowdAsync(RunningProgram run, Endpoint endpoint, int clients)
    {
        var crowd = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Peer.ConnectAsync(endpoint)));
        await run.Output.WaitForLineAsync("accept-paused");
        await WaitForRestAsync(new ProcessUse(run));
        foreach (var client in crowd)
        {
            client.Abort();
        }
    }

    /// <summary>
    /// Waits for a second in which a program does little. Its code is compiled first; but a loop that asks again and
    /// again would spend all of every second.
    /// </summary>
    private static async Task WaitForRestAsync(ProcessUse use)
    {
        const double MostOfOne = 0.25;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        double share;
        do
        {
            Assert.False(patience.IsCancellationRequested, "It never rests.");
            var (before, started) = (use.ProcessorTime, Stopwatch.GetTimestamp());
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            share = (use.ProcessorTime - before) / Stopwatch.GetElapsedTime(started);
        }
        while (share > MostOfOne);
    }

    private static async Task<bool> TalkAsync(Endpoint endpoint, int client, Gathering gathering)
    {
        // Many more than the machine has room for in its queue at once: a few have to knock twice.
        var options = new ConnectOptions { Timeout = TimeSpan.FromMinutes(30) };
        await using var connection = await Connection.ConnectAsync(endpoint, options);
        await gathering.ArriveAsync();
        await using var lines = connection.Frames(Framing.Lines(maxBytes: 100));
        var hearing = HearAsync(lines, client);
        for (var number = 0; number < LinesEach; number++)
        {
            await lines.SendAsync(Line(client, number));
        }

        await lines.CompleteSendingAsync();
        return await hearing;
    }

    private static async Task<bool> HearAsync(FramedConnection lines, int client)
    {
        var number = 0;
        await foreach (var line in lines.ReceiveAllAsync())
        {
            if (!line.Span.SequenceEqual(Line(client, number++)))
            {
                return false;
            }
        }

        return number == LinesEach;
    }

    // An engine that had to hand a loop over keeps one thread for the next time.
    private static int ThreadsThatMayStay(int before) => Math.Max(before + 1, 2 * Environment.ProcessorCount);

    private static byte[] Line(int client, int number) => Encoding.ASCII.GetBytes($"client {client}, line {number}");
}
