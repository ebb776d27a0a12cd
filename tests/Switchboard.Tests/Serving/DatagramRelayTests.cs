using System.Text;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Datagrams;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Serving;

/// <summary>Addresses that send datagrams, a relay, and a target behind it.</summary>
public class DatagramRelayTests
{
    private static readonly Framing Lines = Framing.Lines(maxBytes: 100);

    public static TheoryData<string> Engines => [.. TestEngines.All];

    // One with faults says now and then that nothing has come.
    public static TheoryData<string> EnginesThatSayWhatIsThere => [.. TestEngines.WithoutFaults];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Each_address_has_a_connection_of_its_own_and_gets_its_own_frames(string engine)
    {
        const int Count = 20;
        await using var target = await ServeAsync(engine, "tcp://127.0.0.1:0", async (connection, lines) =>
        {
            await foreach (var line in lines.ReceiveAllAsync())
            {
                await lines.SendAsync(Encoding.ASCII.GetBytes($"{connection.Id}"));
                await lines.SendAsync(line);
            }
        });
        await using var relay = await DatagramRelay.StartAsync("udp://127.0.0.1:0", target.Local, Options(engine));

        var connections = await Task.WhenAll(Enumerable.Range(0, Count).Select(async each =>
        {
            await using var client = await DatagramPlaces.ConnectAsync(relay.Local, engine);
            await client.SendAsync(Encoding.ASCII.GetBytes($"client {each}"));
            var connection = await ReceiveTextAsync(client);
            Assert.Equal($"client {each}", await ReceiveTextAsync(client));
            await client.SendAsync("again"u8.ToArray());
            Assert.Equal(connection, await ReceiveTextAsync(client));
            Assert.Equal("again", await ReceiveTextAsync(client));
            return connection;
        }));

        Assert.Equal(Count, connections.Distinct().Count());
        var expected = new DatagramRelayStatistics(Count, Count, 2 * Count, 4 * Count, 0);
        await Waiting.UntilAsync(() => relay.GetStatistics() == expected);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Datagrams_to_datagrams_stay_what_they_are(string engine)
    {
        await using var target = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", engine);
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", target.Local, Options(engine) with { Framing = null });
        await using var first = await DatagramPlaces.ConnectAsync(relay.Local, engine);
        await using var second = await DatagramPlaces.ConnectAsync(relay.Local, engine);

        await first.SendAsync("first\n"u8.ToArray());
        var fromFirst = await ReceiveAsync(target);
        await second.SendAsync(ReadOnlyMemory<byte>.Empty);
        var fromSecond = await ReceiveAsync(target);
        Assert.Equal(("first\n", ""), (fromFirst.Text, fromSecond.Text));
        Assert.NotEqual(fromFirst.From, fromSecond.From);

        var large = new string('x', 60_000);
        await target.SendToAsync(Encoding.ASCII.GetBytes(large), fromSecond.From);
        await target.SendToAsync("to the first"u8.ToArray(), fromFirst.From);
        Assert.Equal(large, await ReceiveTextAsync(second));
        Assert.Equal("to the first", await ReceiveTextAsync(first));
    }

    [Fact]
    public async Task What_is_no_frame_or_fits_no_datagram_is_dropped_and_told_and_ends_nothing()
    {
        var observer = new RecordingRelayObserver();
        var framing = Framing.Lines(maxBytes: 100_000);
        await using var target = await ServeAsync(null, "memory:relay-drops", async (_, lines) =>
        {
            await foreach (var line in lines.ReceiveAllAsync())
            {
                await lines.SendAsync(new byte[70_000]);
                await lines.SendAsync(line);
            }
        }, framing);
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", target.Local, new RelayOptions { Framing = framing, Observer = observer });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);

        await client.SendAsync("two\nlines"u8.ToArray());
        await client.SendAsync("one"u8.ToArray());

        Assert.Equal("one", await ReceiveTextAsync(client));
        Assert.Equal(2, relay.GetStatistics().Dropped);
        var (notAFrame, tooLarge) = (observer.Drops.First(), observer.Drops.Last());
        Assert.Equal((RelayDropReason.NotAFrame, 9), (notAFrame.Reason, notAFrame.Bytes));
        Assert.Equal((client.Local, target.Local), (notAFrame.From, notAFrame.To));
        Assert.Contains("would arrive as two", notAFrame.Problem, StringComparison.Ordinal);
        Assert.EndsWith(".", notAFrame.Problem, StringComparison.Ordinal);
        Assert.Equal((RelayDropReason.TooLarge, 70_000), (tooLarge.Reason, tooLarge.Bytes));
        Assert.Equal(client.Local, tooLarge.To);
    }

    [Fact]
    public async Task Further_addresses_than_allowed_are_dropped_until_there_is_room()
    {
        var observer = new RecordingRelayObserver();
        await using var target = await EchoAsync("memory:relay-room");
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", target.Local,
            new RelayOptions { Framing = Lines, MaxPeers = 1, Observer = observer });
        await using var first = await DatagramSocket.ConnectAsync(relay.Local);
        await using var second = await DatagramSocket.ConnectAsync(relay.Local);
        await first.SendAsync("first"u8.ToArray());
        Assert.Equal("first", await ReceiveTextAsync(first));

        await second.SendAsync("second"u8.ToArray());

        await Waiting.UntilAsync(() => !observer.Drops.IsEmpty);
        var drop = observer.Drops.Single();
        Assert.Equal((RelayDropReason.NoRoom, second.Local), (drop.Reason, drop.From));
        await first.SendAsync("still"u8.ToArray());
        Assert.Equal("still", await ReceiveTextAsync(first));
        Assert.Equal(1, relay.GetStatistics().Open);
    }

    [Fact]
    public async Task An_address_that_is_silent_for_long_is_forgotten_and_comes_back_as_a_new_one()
    {
        var clock = new ManualClock();
        var observer = new RecordingRelayObserver();
        await using var target = await EchoAsync("memory:relay-idle");
        await using var relay = await DatagramRelay.StartAsync("udp://127.0.0.1:0", target.Local, new RelayOptions
        {
            Framing = Lines,
            IdleTimeout = TimeSpan.FromSeconds(40),
            Datagrams = new DatagramOptions { TimeProvider = clock },
            Observer = observer,
        });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);
        for (var second = 0; second < 120; second += 10)
        {
            await client.SendAsync("x"u8.ToArray());
            Assert.Equal("x", await ReceiveTextAsync(client));
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(observer.Ended);
        for (var second = 0; second < 50; second += 10)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await Waiting.UntilAsync(() => !observer.Ended.IsEmpty);
        var (remote, end) = observer.Ended.Single();
        Assert.Equal((client.Local, 12, 12, true), (remote, end.Received, end.Sent, end.IsIdle));
        Assert.Null(end.Error);
        await client.SendAsync("back"u8.ToArray());
        Assert.Equal("back", await ReceiveTextAsync(client));
        Assert.Equal(2, observer.Opened.Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_a_target_sent_before_it_finished_still_arrives_and_the_next_datagram_connects_anew(
        string engine)
    {
        await using var target = await ServeAsync(engine, "tcp://127.0.0.1:0", async (connection, lines) =>
        {
            await lines.ReceiveAsync();
            for (var each = 0; each < 10; each++)
            {
                await lines.SendAsync(Encoding.ASCII.GetBytes($"{each}"));
            }

            await lines.SendAsync(Encoding.ASCII.GetBytes($"{connection.Id}"));
        });
        await using var relay = await DatagramRelay.StartAsync("udp://127.0.0.1:0", target.Local, Options(engine));
        await using var client = await DatagramPlaces.ConnectAsync(relay.Local, engine);
        var connections = new HashSet<string>();
        for (var round = 0; round < 3; round++)
        {
            await client.SendAsync("go"u8.ToArray());
            for (var each = 0; each < 10; each++)
            {
                Assert.Equal($"{each}", await ReceiveTextAsync(client));
            }

            connections.Add(await ReceiveTextAsync(client));
            await Waiting.UntilAsync(() => relay.GetStatistics().Open == 0);
        }

        Assert.Equal(3, connections.Count);
    }

    [Fact]
    public async Task A_target_that_is_not_there_or_breaks_off_ends_its_own_address_only()
    {
        var observer = new RecordingRelayObserver();
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", "memory:relay-nobody", new RelayOptions { Framing = Lines, Observer = observer });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);

        await client.SendAsync("anybody?"u8.ToArray());

        await Waiting.UntilAsync(() => !observer.Ended.IsEmpty);
        Assert.IsType<ConnectionRefusedException>(observer.Ended.Single().End.Error);
        Assert.Equal(RelayDropReason.NoTarget, observer.Drops.Single().Reason);

        // Somebody begins to listen there.
        await using var target = await EchoAsync("memory:relay-nobody");
        await Waiting.UntilAsync(() => relay.GetStatistics().Open == 0);
        await client.SendAsync("now?"u8.ToArray());
        Assert.Equal("now?", await ReceiveTextAsync(client));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Refusals_of_a_target_of_datagrams_end_nothing(string engine)
    {
        var observer = new RecordingRelayObserver();
        var dead = DatagramPlaces.Dead("udp://127.0.0.1:0");
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", dead, Options(engine) with { Framing = null, Observer = observer });
        await using var client = await DatagramPlaces.ConnectAsync(relay.Local, engine);
        await client.SendAsync("anybody?"u8.ToArray());
        await Waiting.UntilAsync(() => !observer.Drops.IsEmpty);
        Assert.Equal(RelayDropReason.Unsent, observer.Drops.First().Reason);

        await using var target = await DatagramPlaces.BindAsync($"{dead}", engine);
        await client.SendAsync("now?"u8.ToArray());

        Assert.Equal("now?", (await ReceiveAsync(target)).Text);
        Assert.Single(observer.Opened);
        Assert.Empty(observer.Ended);
    }

    [Fact]
    public async Task Whoever_sends_faster_than_its_target_takes_loses_datagrams_and_keeps_nobody_waiting()
    {
        var observer = new RecordingRelayObserver();
        var stalls = new TaskCompletionSource();
        await using var target = await ServeAsync(null, "memory:relay-behind", async (_, lines) =>
        {
            if (await lines.ReceiveAsync() is { } first && first.Length > 1)
            {
                await stalls.Task;
            }

            await lines.SendAsync("here"u8.ToArray());
            await lines.ReceiveAsync();
        }, Framing.Lines(maxBytes: 60_000));
        await using var relay = await DatagramRelay.StartAsync("udp://127.0.0.1:0", target.Local, new RelayOptions
        {
            Framing = Framing.Lines(maxBytes: 60_000),
            Connect = new ConnectOptions { Connection = new ConnectionOptions { MaxPendingSendBytes = 1 } },
            Observer = observer,
        });
        await using var fast = await DatagramSocket.ConnectAsync(relay.Local);
        for (var sent = 1; observer.Drops.IsEmpty; sent++)
        {
            await fast.SendAsync(new byte[50_000].AsMemory());

            // What the kernel has no room for would be lost before the relay hears of it, of others, too.
            var count = sent;
            await Waiting.UntilAsync(() => relay.GetStatistics().Received == count);
        }

        Assert.Equal(RelayDropReason.Behind, observer.Drops.First().Reason);
        await using var other = await DatagramSocket.ConnectAsync(relay.Local);
        await other.SendAsync("x"u8.ToArray());
        Assert.Equal("here", await ReceiveTextAsync(other));
        stalls.SetResult();
    }

    [Theory]
    [MemberData(nameof(EnginesThatSayWhatIsThere))]
    public async Task A_stop_passes_on_what_has_come_and_waits_for_the_answers(string engine)
    {
        const int Count = 50;
        var mayAnswer = new TaskCompletionSource();
        await using var target = await ServeAsync(engine, "tcp://127.0.0.1:0", async (_, lines) =>
        {
            var heard = 0;
            await foreach (var each in lines.ReceiveAllAsync())
            {
                heard += each.Length;
            }

            await mayAnswer.Task;
            await lines.SendAsync(Encoding.ASCII.GetBytes($"{heard}"));
        });
        await using var relay = await DatagramRelay.StartAsync("udp://127.0.0.1:0", target.Local, Options(engine));
        await using var client = await DatagramPlaces.ConnectAsync(relay.Local, engine);
        for (var sent = 0; sent < Count; sent++)
        {
            await client.SendAsync("x"u8.ToArray());
        }

        var stopping = relay.StopAsync(Timeout.InfiniteTimeSpan);
        Assert.False(stopping.IsCompleted);
        mayAnswer.SetResult();

        Assert.Equal($"{Count}", await ReceiveTextAsync(client));
        var drained = await stopping.Soon();
        Assert.Equal((1, 0), (drained.Finished, drained.Aborted));
        await relay.Relaying.Soon();
    }

    [Fact]
    public async Task A_stop_cuts_off_what_takes_too_long()
    {
        var done = new TaskCompletionSource();
        await using var target = await ServeAsync(null, "memory:relay-cut", async (_, lines) =>
        {
            await lines.SendAsync("here"u8.ToArray());
            await lines.ReceiveAsync();
            await lines.ReceiveAsync();
            await done.Task;
        });
        await using var relay = await DatagramRelay.StartAsync(
            "udp://127.0.0.1:0", target.Local, new RelayOptions { Framing = Lines });
        await using var client = await DatagramSocket.ConnectAsync(relay.Local);
        await client.SendAsync("x"u8.ToArray());
        Assert.Equal("here", await ReceiveTextAsync(client));

        var drained = await relay.StopAsync(TimeSpan.Zero).Soon();

        Assert.Equal((0, 1), (drained.Finished, drained.Aborted));
        await target.StopAsync(TimeSpan.Zero);
        done.SetResult();
    }

    [Fact]
    public async Task Without_a_framing_a_stream_has_no_datagrams()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => DatagramRelay.StartAsync("udp://127.0.0.1:0", "tcp://127.0.0.1:1"));
        Assert.Contains("no borders", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Relay.To("udp://127.0.0.1:1"));
        Assert.Throws<ArgumentException>(() => new RelayOptions { Framing = Framing.UntilClose(10) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelayOptions { MaxPeers = 0 });
        await Assert.ThrowsAsync<ArgumentException>(
            () => DatagramRelay.StartAsync("tcp://127.0.0.1:0", "udp://127.0.0.1:1"));
    }

    private static RelayOptions Options(string engine) => new()
    {
        Framing = Lines,
        Connect = new ConnectOptions { Engine = TestEngines.Of(engine) },
        Datagrams = DatagramPlaces.On(engine),
        AnswerTimeout = TimeSpan.FromMilliseconds(50),
    };

    private static Task<Server> EchoAsync(Endpoint endpoint) => ServeAsync(null, endpoint, async (_, lines) =>
    {
        await foreach (var line in lines.ReceiveAllAsync())
        {
            await lines.SendAsync(line);
        }
    });

    private static Task<Server> ServeAsync(
        string? engine, Endpoint endpoint, Func<Connection, FramedConnection, Task> serve, Framing? framing = null) =>
        Server.StartAsync(
            endpoint,
            async (connection, _) =>
            {
                await using var frames = connection.Frames(framing ?? Lines);
                await serve(connection, frames);
            },
            new ServerOptions
            {
                Listen = new ListenOptions { Engine = engine is null ? null : TestEngines.Of(engine) },
                DrainTimeout = TimeSpan.Zero,
            });

    private static async Task<string> ReceiveTextAsync(DatagramSocket socket) => (await ReceiveAsync(socket)).Text;

    private static async Task<(string Text, DatagramAddress From)> ReceiveAsync(DatagramSocket socket)
    {
        var buffer = new byte[ushort.MaxValue];
        var received = await socket.ReceiveAsync(buffer).Soon();
        return (Encoding.ASCII.GetString(buffer, 0, received.Length), received.From);
    }
}
