using Switchboard.Files.Protocol;
using Switchboard.Files.Sending;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Sending;

public sealed class SenderTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("longer")]
    [InlineData("shorter")]
    [InlineData("other bytes")]
    public async Task A_file_that_is_changed_while_it_is_sent_is_not_received_as_anything(string how)
    {
        var path = _folders.Write("file", 8_000_000);

        // Long ago: a disk that counts time in long steps would not tell a change from the writing just before it.
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        var interrupted = new List<Exception>();
        await using var receiver = await _ends.StartAsync(_ends.Into(_folders.Target) with
        {
            Progress = new Once(() => Change(path, how)),
            Interrupted = interrupted.Add,
        });
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);

        var error = await Assert.ThrowsAsync<TransferException>(
            () => _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon());

        Assert.Equal((TransferFailure.Changed, "file"), (error.Failure, error.Name));
        await Waiting.UntilAsync(() => interrupted.Count > 0);
        Assert.Equal("A file was changed while it was sent.", Assert.Single(interrupted).Message);
        Assert.False(File.Exists(_folders.InTarget("file")));

        // Left alone, it arrives.
        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();
        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget("file")));
    }

    [Fact]
    public async Task A_file_that_has_gone_meanwhile_is_told_by_its_name()
    {
        var path = _folders.Write("file", 1000);
        var sender = _ends.NewSender(path);
        File.Delete(path);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        using var stop = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(stop.Token);

        var error = await Assert.ThrowsAsync<TransferException>(() => sender.SendAsync(receiver.Ticket!).Soon());

        Assert.Equal((TransferFailure.Unreadable, "file"), (error.Failure, error.Name));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
    }

    [Fact]
    public void What_no_receiver_would_take_is_refused_before_anybody_is_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes no such file.");
        _folders.Write("folder/bad\nname", 1);
        _folders.Write("clash/readme", 1);
        _folders.Write("clash/README", 1);

        foreach (var folder in (string[])["folder", "clash"])
        {
            var error = Assert.Throws<TransferException>(
                () => _ends.NewSender(Path.Combine(_folders.Source, folder)));
            Assert.Equal(TransferFailure.NameRefused, error.Failure);
        }
    }

    [Fact]
    public void What_is_not_there_or_no_file_is_told_at_once()
    {
        var nothing = Assert.Throws<TransferException>(() => _ends.NewSender(Path.Combine(_folders.Source, "nothing")));
        var device = Assert.Throws<TransferException>(() => _ends.NewSender("/dev/zero"));

        Assert.Equal((TransferFailure.Unreadable, TransferFailure.Unreadable), (nothing.Failure, device.Failure));
    }

    [Fact]
    public async Task A_sender_that_is_stopped_says_so_and_what_arrived_is_kept()
    {
        var interrupted = new TaskCompletionSource<Exception>();
        using var stop = new CancellationTokenSource();
        await using var receiver = await _ends.StartAsync(_ends.Into(_folders.Target) with
        {
            Progress = new Once(stop.Cancel),
            Interrupted = error => interrupted.TrySetResult(error),
        });
        using var end = new CancellationTokenSource();
        var receiving = receiver.ReceiveAsync(end.Token);
        var path = _folders.Write("file", 30_000_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _ends.NewSender(path).SendAsync(receiver.Ticket!, stop.Token).Soon());

        await interrupted.Task.Soon();
        Assert.Single(Directory.GetFiles(_folders.Target, ".switchboard-*.part"));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
    }

    [Fact]
    public async Task A_receiver_that_is_stopped_says_so()
    {
        using var stop = new CancellationTokenSource();
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Progress = new Once(stop.Cancel) });
        var receiving = receiver.ReceiveAsync(stop.Token);

        var error = await Assert.ThrowsAsync<TransferException>(
            () => _ends.NewSender(_folders.Write("file", 30_000_000)).SendAsync(receiver.Ticket!).Soon());

        Assert.Equal(TransferFailure.Stopped, error.Failure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving.Soon());
    }

    [Theory]
    [InlineData(5, 0, 0)]
    [InlineData(0, 0, 7)]
    [InlineData(0, 1, 1001)]
    [InlineData(0, 2, 999)]
    [InlineData(0, 9, 1)]
    public async Task A_receiver_whose_answer_does_not_fit_is_not_sent_to(int index, byte kind, long bytes)
    {
        await using var listener = await Listener.BindAsync(
            _ends.Endpoint, new ListenOptions { Transport = _ends.Transport });
        var sending = _ends.NewSender(_folders.Write("file", 1000)).SendUnprotectedAsync(listener.Local);
        await using var connection = await listener.AcceptAsync().Soon();
        await using var frames = connection.Frames(Framing.LengthPrefixed(4096));
        await frames.ReceiveAsync().Soon();
        await frames.SendAsync(MessageWriter.Hello(Wording.Version, isProtected: false, new byte[32]));

        await frames.SendAsync(MessageWriter.Answer(new Answer(index, (AnswerKind)kind, bytes, new byte[32])));

        await Assert.ThrowsAsync<ProtocolBrokenException>(() => sending.Soon());
    }

    [Fact]
    public async Task A_rate_is_kept_to_and_time_that_was_lost_is_not_made_up_for()
    {
        var clock = new ManualClock();
        var pace = new Pace(bytesPerSecond: 1000, clock);
        await pace.WaitAsync(500, CancellationToken.None).Soon();
        var second = pace.WaitAsync(500, CancellationToken.None).AsTask();
        await clock.WaitForTimersAsync(1);
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await second.Soon();

        clock.Advance(TimeSpan.FromHours(1));
        await pace.WaitAsync(1000, CancellationToken.None).Soon();
        var next = pace.WaitAsync(1, CancellationToken.None).AsTask();
        await clock.WaitForTimersAsync(1);
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await next.Soon();
    }

    private static void Change(string path, string how)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        switch (how)
        {
            case "longer":
                file.SetLength(9_000_000);
                break;
            case "shorter":
                file.SetLength(4_000_000);
                break;
            default:
                file.WriteByte(1);
                break;
        }
    }

    private sealed class Once(Action act) : IProgress<TransferProgress>
    {
        private Action? _act = act;

        public void Report(TransferProgress value)
        {
            if (value.BytesDone > 0)
            {
                Interlocked.Exchange(ref _act, null)?.Invoke();
            }
        }
    }
}
