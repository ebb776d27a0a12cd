using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Serving;

/// <summary>A client, a relay and a target: what either end does, the other one sees.</summary>
public class RelayTests
{
    public static TheoryData<string> Engines => [.. TestEngines.All];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Bytes_and_ends_pass_both_ways_each_by_itself(string engine)
    {
        await using var path = await RelayPath.OpenAsync(engine);
        var random = new byte[3_000_000];
        new Random(7).NextBytes(random);

        var hearing = path.Target.ReceiveToEndAsync(random.Length).AsTask();
        await path.Client.SendAsync(random);
        await path.Client.CompleteSendingAsync();
        Assert.Equal(random, await hearing.Soon());

        // The other direction is open still.
        var answering = path.Client.ReceiveToEndAsync(random.Length).AsTask();
        await path.Target.SendAsync(random);
        Assert.False(answering.IsCompleted);
        await path.Target.CompleteSendingAsync();
        Assert.Equal(random, await answering.Soon());
        await path.Relaying.Soon();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_target_may_finish_first(string engine)
    {
        await using var path = await RelayPath.OpenAsync(engine);
        await path.Target.SendAsync("bye"u8.ToArray());
        await path.Target.CompleteSendingAsync();
        Assert.Equal("bye"u8.ToArray(), await path.Client.ReceiveToEndAsync(3).Soon());

        await path.Client.SendAsync("still here"u8.ToArray());
        await path.Client.CompleteSendingAsync();
        Assert.Equal("still here"u8.ToArray(), await path.Target.ReceiveToEndAsync(100).Soon());
        await path.Relaying.Soon();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_reset_of_either_end_resets_the_other(string engine)
    {
        foreach (var clientResets in (bool[])[true, false])
        {
            await using var path = await RelayPath.OpenAsync(engine);
            var (resets, hears) = clientResets ? (path.Client, path.Target) : (path.Target, path.Client);
            await resets.SendAsync("x"u8.ToArray());
            await hears.ReceiveExactlyAsync(new byte[1]).Soon();

            resets.Abort();

            await Assert.ThrowsAsync<ConnectionResetException>(() => hears.ReceiveAsync(new byte[1]).Soon());
            await Assert.ThrowsAnyAsync<Exception>(() => path.Relaying.Soon());
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Who_sends_faster_than_the_other_takes_is_made_to_wait(string engine)
    {
        const int ManyMegabytes = 256;
        await using var path = await RelayPath.OpenAsync(engine);
        var piece = new byte[1024 * 1024];
        var sent = 0;
        var sending = Task.Run(async () =>
        {
            for (; sent < ManyMegabytes; sent++)
            {
                await path.Client.SendAsync(piece);
            }
        });

        // The target takes nothing: the client's sends stop, and stay where they are.
        await Waiting.UntilAsync(() => path.Client.GetProgress().AwaitsRoom);
        Assert.True(sent < ManyMegabytes);
        Assert.False(sending.IsCompleted);
        path.Target.Abort();
        await Assert.ThrowsAnyAsync<ConnectionException>(() => sending.Soon());
    }

    [Fact]
    public async Task Nothing_in_either_direction_ends_it_and_one_direction_keeps_it_open()
    {
        var clock = new ManualClock();
        var options = new ConnectionOptions { TimeProvider = clock };
        var (client, front) = Connection.CreatePair(options);
        var (back, target) = Connection.CreatePair(options);
        var relaying = Relay.JoinAsync(front, back, new RelayOptions { IdleTimeout = TimeSpan.FromSeconds(40) });
        for (var second = 0; second < 200; second += 10)
        {
            await target.SendAsync("x"u8.ToArray());
            await client.ReceiveExactlyAsync(new byte[1]).Soon();

            // The byte may be there before it was counted as sent, and counted later it would pass once more.
            var count = (second / 10) + 1;
            await Waiting.UntilAsync(() => front.BytesSent == count);
            clock.Advance(TimeSpan.FromSeconds(10));
            Assert.False(relaying.IsCompleted);
        }

        for (var second = 0; second < 40; second += 10)
        {
            Assert.False(relaying.IsCompleted);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => relaying.Soon());
        Assert.Contains("nothing passed in either direction", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ConnectionResetException>(() => client.ReceiveAsync(new byte[1]).Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => target.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_is_told_and_its_client_reset()
    {
        var observer = new RecordingObserver();
        await using var server = await Server.StartAsync(
            "memory:relay-nowhere",
            Relay.To("memory:nowhere"),
            new ServerOptions { Observer = observer });
        await using var client = await Connection.ConnectAsync("memory:relay-nowhere");

        await Assert.ThrowsAsync<ConnectionResetException>(() => client.ReceiveAsync(new byte[1]).Soon());
        await Waiting.UntilAsync(() => !observer.Failed.IsEmpty);
        Assert.IsType<ConnectionRefusedException>(observer.Failed.Single());
    }

    [Fact]
    public async Task A_stop_waits_for_a_connection_that_is_being_made()
    {
        await using var target = await Listener.BindAsync("memory:relay-late");
        var slow = new SlowTransport();
        await using var server = await Server.StartAsync(
            "memory:relay-stopped",
            Relay.To(target.Local, new RelayOptions { Connect = new ConnectOptions { Transport = slow } }));
        await using var client = await Connection.ConnectAsync(server.Local);
        await client.SendAsync("hello"u8.ToArray());
        await client.CompleteSendingAsync();
        await slow.Asked.Soon();

        var stopping = server.StopAsync(Timeout.InfiniteTimeSpan);
        slow.MayConnect.SetResult();

        await using var accepted = await target.AcceptAsync().Soon();
        Assert.Equal("hello"u8.ToArray(), await accepted.ReceiveToEndAsync(100).Soon());
        await accepted.CompleteSendingAsync();
        await client.DisposeAsync();
        Assert.Equal((1, 0), ((await stopping.Soon()).Finished, (await stopping).Aborted));
    }

    [Fact]
    public async Task On_a_thread_for_each_connection_the_target_may_speak_first()
    {
        await using var target = await Server.StartAsync("memory:relay-speaks", async (connection, stopping) =>
        {
            await connection.SendAsync("welcome"u8.ToArray(), CancellationToken.None);
            await connection.ReceiveAsync(new byte[1], stopping);
        });
        await using var server = await Server.StartAsync(
            "memory:relay-on-threads", Relay.To(target.Local), new ServerOptions { Loop = ServerLoop.Thread });
        await using var client = await Connection.ConnectAsync(server.Local);

        var heard = new byte[7];
        await client.ReceiveExactlyAsync(heard).Soon();

        Assert.Equal("welcome"u8.ToArray(), heard);
    }

    [Fact]
    public async Task A_connection_that_is_cut_off_needs_no_other_one_any_more()
    {
        var slow = new SlowTransport();
        await using var server = await Server.StartAsync(
            "memory:relay-cut-off",
            Relay.To("memory:relay-never", new RelayOptions { Connect = new ConnectOptions { Transport = slow } }));
        await using var client = await Connection.ConnectAsync(server.Local);
        await slow.Asked.Soon();

        var drained = await server.StopAsync(TimeSpan.Zero).Soon();

        Assert.Equal(1, drained.Aborted);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.MayConnect.Task.Soon());
    }
}
