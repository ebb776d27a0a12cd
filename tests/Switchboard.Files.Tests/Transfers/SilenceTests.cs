using Switchboard.Files.Protocol;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Transfers;

/// <summary>
/// Peers that are slow, and peers that are gone without a word.
/// Without TLS: the clock is its handshakes', too.
/// </summary>
public sealed class SilenceTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly TestFolders _folders = new();
    private readonly CuttingTransport _transport = new();
    private readonly TwoEnds _ends;
    private readonly ManualClock _clock = new();
    private readonly TaskCompletionSource<Exception> _interrupted = new();

    public SilenceTests() => _ends = new TwoEnds(_transport);

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_sender_that_says_nothing_more_is_let_go_and_may_come_back()
    {
        var path = _folders.Write("file", 3000);
        var bytes = await File.ReadAllBytesAsync(path);
        await using var receiver = await StartAsync();
        await using var silent = await RawSender.ConnectAsync(_ends, receiver, out var receiving);
        await silent.SendAsync(
            MessageWriter.Offer(1),
            RawSender.Entry(EntryKind.File, "file", 3000),
            MessageWriter.Begin(0, 0),
            RawSender.Chunk(bytes[..1000]));
        await Waiting.UntilAsync(() => Directory.GetFiles(_folders.Target).Sum(each => new FileInfo(each).Length) > 0);

        await AdvanceUntilAsync(_interrupted.Task);

        var error = Assert.IsType<ConnectionTimeoutException>(await _interrupted.Task.Soon());
        Assert.Equal((TimeoutPhase.Idle, TimeSpan.FromMinutes(1)), (error.Phase, error.Limit));
        var sent = await _ends.NewSender(path).SendUnprotectedAsync(receiver.Local).Soon();
        await receiving.Soon();
        Assert.Equal(1000, sent.BytesResumed);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folders.InTarget("file")));
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_more_is_given_up()
    {
        await using var listener = await Listener.BindAsync(
            _ends.Endpoint, new ListenOptions { Transport = _ends.Transport });
        var sending = NewSender(_folders.Write("file", 3000)).SendUnprotectedAsync(_ends.Endpoint);
        await using var connection = await listener.AcceptAsync().Soon();
        await using var frames = connection.Frames(Framing.LengthPrefixed(Wording.MaxFrameBytes));
        var peer = new Conversation(connection, frames, Wording.MaxFrameBytesBefore);
        Assert.True(await new Greeting(secret: null, []).ReceiveAsync(peer, CancellationToken.None).Soon());
        Assert.Equal((byte)MessageKind.Offer, (await peer.ReceiveAsync(CancellationToken.None).Soon()).Span[0]);

        await AdvanceUntilAsync(sending);

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => sending.Soon());
        Assert.Equal(TimeoutPhase.Idle, error.Phase);
        Assert.Contains("60 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_that_have_nothing_to_say_for_an_hour_say_that_they_are_there()
    {
        const int Steps = 360;
        const int BytesOfTwoSigns = 10;
        using var slow = new SlowStream();
        await using var receiver = await StartAsync();
        var receiving = receiver.ReceiveAsync();
        var sender = NewSender();
        sender.Add("slow", slow);
        var sending = sender.SendUnprotectedAsync(receiver.Local);
        await slow.Asked.Soon();

        // An end that is still saying something leaves its sign out. The receiver begins the file behind its answer.
        await Waiting.UntilAsync(() => Directory.GetFiles(_folders.Target).Length > 0);
        for (var i = 0; i < Steps; i++)
        {
            var before = _transport.Carried;
            _clock.Advance(Step);
            await Waiting.UntilAsync(() => _transport.Carried >= before + BytesOfTwoSigns || sending.IsCompleted);
        }

        Assert.False(sending.IsCompleted || receiving.IsCompleted);
        slow.End();
        await sending.Soon();
        await receiving.Soon();
        Assert.False(_interrupted.Task.IsCompleted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    public async Task A_limit_that_signs_of_life_cannot_keep_is_refused(int seconds)
    {
        var limit = TimeSpan.FromSeconds(seconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileSender(new() { IdleTimeout = limit }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _ends.StartAsync(
            _ends.Into(_folders.Target) with { Limits = new TransferLimits { IdleTimeout = limit } }));
        _ = new FileSender(new() { IdleTimeout = Timeout.InfiniteTimeSpan });
    }

    /// <summary>Who watches ticks once a step, on a thread of its own: time goes on until it has seen enough.</summary>
    private Task AdvanceUntilAsync(Task task) => Waiting.UntilAsync(() =>
    {
        _clock.Advance(Step);
        return task.IsCompleted;
    });

    private FileSender NewSender(params string[] paths)
    {
        var sender = new FileSender(new FileSenderOptions
        {
            Connect = new ConnectOptions
            {
                Transport = _ends.Transport,
                Connection = new ConnectionOptions { TimeProvider = _clock },
            },
        });
        foreach (var path in paths)
        {
            sender.Add(path);
        }

        return sender;
    }

    private Task<FileReceiver> StartAsync()
    {
        var options = _ends.Into(_folders.Target);
        return _ends.StartAsync(options with
        {
            Protection = Protection.None,
            Listen = options.Listen with { Connection = new ConnectionOptions { TimeProvider = _clock } },
            Interrupted = error => _interrupted.TrySetResult(error),
        });
    }

    /// <summary>Brings nothing until it is told to end.</summary>
    private sealed class SlowStream : MemoryStream
    {
        private readonly TaskCompletionSource _asked = new();
        private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public void End() => _end.TrySetResult(0);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked.TrySetResult();
            return new(_end.Task);
        }
    }
}
