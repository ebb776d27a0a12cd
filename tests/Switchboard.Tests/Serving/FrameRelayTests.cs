using System.Text;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Datagrams;
using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Serving;

/// <summary>A stream whose frames become datagrams, and the other way round.</summary>
public class FrameRelayTests
{
    private static readonly Framing Prefixed = Framing.LengthPrefixed(maxBytes: 100_000);

    public static TheoryData<string> Engines => [.. TestEngines.All];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Frames_become_datagrams_and_datagrams_frames(string engine)
    {
        await using var target = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", engine);
        await using var server = await ServeAsync(engine, target.Local);
        await using var first = await ConnectAsync(server, engine);
        await using var second = await ConnectAsync(server, engine);
        await using var firstFrames = first.Frames(Prefixed);
        await using var secondFrames = second.Frames(Prefixed);

        await firstFrames.SendAsync("of the first"u8.ToArray());
        var fromFirst = await ReceiveAsync(target);
        await secondFrames.SendAsync(ReadOnlyMemory<byte>.Empty);
        var fromSecond = await ReceiveAsync(target);
        Assert.Equal(("of the first", ""), (fromFirst.Text, fromSecond.Text));
        Assert.NotEqual(fromFirst.From, fromSecond.From);

        await target.SendToAsync("to the second"u8.ToArray(), fromSecond.From);
        await target.SendToAsync("to the first"u8.ToArray(), fromFirst.From);
        Assert.Equal("to the first", await ReceiveTextAsync(firstFrames));
        Assert.Equal("to the second", await ReceiveTextAsync(secondFrames));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Whoever_finishes_sending_still_gets_the_answers_and_then_the_end(string engine)
    {
        const int Count = 20;
        var clock = new ManualClock();
        await using var target = await DatagramPlaces.BindAsync("udp://127.0.0.1:0", engine);
        await using var server = await ServeAsync(engine, target.Local, clock: clock);
        await using var client = await ConnectAsync(server, engine);

        // By the same clock accepting pauses, where faults have it find no descriptors or memory.
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(10));
            return server.GetStatistics().Accepted > 0;
        });
        await using var frames = client.Frames(Prefixed);
        for (var sent = 0; sent < Count; sent++)
        {
            await frames.SendAsync(Encoding.ASCII.GetBytes($"{sent}"));
        }

        await frames.CompleteSendingAsync();

        var heard = new List<(string Text, DatagramAddress From)>();
        while (heard.Count < Count)
        {
            heard.Add(await ReceiveAsync(target));
        }

        Assert.Equal(Enumerable.Range(0, Count).Select(each => $"{each}"), heard.Select(each => each.Text));
        await target.SendToAsync("an answer"u8.ToArray(), heard[0].From);
        Assert.Equal("an answer", await ReceiveTextAsync(frames));

        // No datagram is the last one: only when none comes for a second it is over.
        var ending = frames.ReceiveAsync().AsTask();
        Assert.False(ending.IsCompleted);
        await Waiting.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return ending.IsCompleted;
        });
        Assert.Null(await ending);
        await client.DisposeAsync();
        await Waiting.UntilAsync(() => server.GetStatistics().Open == 0);
        Assert.Equal(0, server.GetStatistics().HandlersFailed);
    }

    [Fact]
    public async Task What_fits_no_datagram_or_no_frame_is_dropped_and_ends_nothing()
    {
        var observer = new RecordingRelayObserver();
        await using var target = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        await using var server = await ServeAsync(
            null, target.Local, new RelayOptions { Framing = Framing.Lines(maxBytes: 70_000), Observer = observer });
        await using var client = await Connection.ConnectAsync(server.Local);
        await using var lines = client.Frames(Framing.Lines(maxBytes: 70_000));

        await lines.SendAsync(new byte[70_000]);
        await lines.SendAsync("small"u8.ToArray());
        var heard = await ReceiveAsync(target);
        await target.SendToAsync("two\nlines"u8.ToArray(), heard.From);
        await target.SendToAsync("one"u8.ToArray(), heard.From);

        Assert.Equal("small", heard.Text);
        Assert.Equal("one", await ReceiveTextAsync(lines));
        Assert.Equal(
            [RelayDropReason.TooLarge, RelayDropReason.NotAFrame], observer.Drops.Select(drop => drop.Reason));
        Assert.Equal(target.Local, observer.Drops.First().To);
        Assert.Equal(target.Local, observer.Drops.Last().From);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Refusals_are_told_and_end_nothing(string engine)
    {
        var observer = new RecordingRelayObserver();
        var dead = DatagramPlaces.Dead("udp://127.0.0.1:0");
        await using var server = await ServeAsync(
            engine, dead, new RelayOptions
            {
                Framing = Prefixed, Datagrams = DatagramPlaces.On(engine), Observer = observer,
            });
        await using var client = await ConnectAsync(server, engine);
        await using var frames = client.Frames(Prefixed);
        for (var sent = 0; sent < 3; sent++)
        {
            await frames.SendAsync("anybody?"u8.ToArray());
            await Waiting.UntilAsync(() => observer.Drops.Count > sent);
        }

        Assert.All(observer.Drops, drop => Assert.Equal(RelayDropReason.Unsent, drop.Reason));
        await using var target = await DatagramPlaces.BindAsync($"{dead}", engine);
        await frames.SendAsync("now?"u8.ToArray());

        Assert.Equal("now?", (await ReceiveAsync(target)).Text);
    }

    [Fact]
    public async Task Bytes_that_break_the_framing_reset_their_own_connection()
    {
        await using var target = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        var observer = new RecordingObserver();
        await using var server = await Server.StartAsync(
            "tcp://127.0.0.1:0",
            Relay.To(target.Local, new RelayOptions { Framing = Framing.Lines(maxBytes: 10) }),
            new ServerOptions { Observer = observer });
        await using var client = await Connection.ConnectAsync(server.Local);

        await client.SendAsync("much longer than a line may be"u8.ToArray());

        await Assert.ThrowsAsync<ConnectionResetException>(() => client.ReceiveAsync(new byte[1]).Soon());
        await Waiting.UntilAsync(() => !observer.Ended.IsEmpty);
        Assert.Equal(EndReason.ProtocolError, observer.Ended.Single().Reason);
        Assert.Empty(observer.Failed);
    }

    [Fact]
    public async Task Nothing_either_way_for_long_resets_the_connection()
    {
        var clock = new ManualClock();
        await using var target = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        await using var socket = await DatagramSocket.ConnectAsync(target.Local);
        var (client, front) = Connection.CreatePair(new ConnectionOptions { TimeProvider = clock });
        var relaying = Relay.JoinAsync(
            front, socket, new RelayOptions { Framing = Prefixed, IdleTimeout = TimeSpan.FromSeconds(40) });
        await clock.WaitForTimersAsync(1);

        for (var second = 0; second < 50; second += 10)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await Assert.ThrowsAsync<ConnectionTimeoutException>(() => relaying.Soon());
        await Assert.ThrowsAsync<ConnectionResetException>(() => client.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task A_socket_without_a_peer_cannot_be_joined()
    {
        await using var bound = await DatagramSocket.BindAsync("udp://127.0.0.1:0");
        var (client, front) = Connection.CreatePair();

        await Assert.ThrowsAsync<ArgumentException>(
            () => Relay.JoinAsync(front, bound, new RelayOptions { Framing = Prefixed }));
        await Assert.ThrowsAsync<ArgumentException>(() => Relay.JoinAsync(front, bound, new RelayOptions()));

        await client.DisposeAsync();
        await front.DisposeAsync();
    }

    private static Task<Server> ServeAsync(
        string? engine, Endpoint target, RelayOptions? options = null, TimeProvider? clock = null)
    {
        options ??= new RelayOptions { Framing = Prefixed, Datagrams = DatagramPlaces.On(engine!) };
        var connections = new ConnectionOptions { TimeProvider = clock ?? TimeProvider.System };
        return Server.StartAsync("tcp://127.0.0.1:0", Relay.To(target, options), new ServerOptions
        {
            Listen = new ListenOptions
            {
                Engine = engine is null ? null : TestEngines.Of(engine),
                Connection = connections,
            },
            DrainTimeout = TimeSpan.Zero,
        });
    }

    private static Task<Connection> ConnectAsync(Server server, string engine) =>
        Connection.ConnectAsync(server.Local, new ConnectOptions { Engine = TestEngines.Of(engine) });

    private static async Task<string> ReceiveTextAsync(FramedConnection frames) =>
        Encoding.ASCII.GetString((await frames.ReceiveAsync().Soon())!.Value.Span);

    private static async Task<(string Text, DatagramAddress From)> ReceiveAsync(DatagramSocket socket)
    {
        var buffer = new byte[ushort.MaxValue];
        var received = await socket.ReceiveAsync(buffer).Soon();
        return (Encoding.ASCII.GetString(buffer, 0, received.Length), received.From);
    }
}
