using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Receiving;

/// <summary>What a receiver does not take or cannot write: both ends learn why, and no name is given.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task More_files_than_are_taken_are_refused_by_their_number()
    {
        var options = _ends.Into(_folders.Target);
        await AssertOfferRefusedAsync(
            options with { Limits = options.Limits with { MaxFiles = 10 } },
            TransferFailure.TooMuch,
            MessageWriter.Offer(11));
    }

    [Fact]
    public async Task Longer_names_than_are_taken_are_refused_on_the_way()
    {
        var options = _ends.Into(_folders.Target);
        await AssertOfferRefusedAsync(
            options with { Limits = options.Limits with { MaxNameBytes = 1000 } },
            TransferFailure.TooMuch,
            [MessageWriter.Offer(100), .. Enumerable.Range(0, 100).Select(i =>
                RawSender.Entry(EntryKind.File, $"{i}-{new string('n', 200)}", 1))]);
    }

    [Theory]
    [InlineData(1001, 0)]
    [InlineData(600, 600)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public async Task More_bytes_than_are_taken_are_refused_before_one_is_sent(long first, long second)
    {
        var options = _ends.Into(_folders.Target);
        await AssertOfferRefusedAsync(
            options with { Limits = options.Limits with { MaxBytes = 1000 } },
            TransferFailure.TooMuch,
            MessageWriter.Offer(2),
            RawSender.Entry(EntryKind.File, "a", first),
            RawSender.Entry(EntryKind.File, "b", second));
    }

    [Fact]
    public async Task More_bytes_than_the_disk_has_free_are_refused_before_one_is_sent()
    {
        await AssertOfferRefusedAsync(
            _ends.Into(_folders.Target), TransferFailure.TooMuch, MessageWriter.Offer(2),
            RawSender.Entry(EntryKind.File, "a", long.MaxValue / 2),
            RawSender.Entry(EntryKind.File, "b", long.MaxValue / 2));
    }

    [Fact]
    public async Task A_stream_that_does_not_end_is_cut_off_at_the_limit()
    {
        var options = _ends.Into(_folders.Target);
        await AssertOfferRefusedAsync(
            options with { Limits = options.Limits with { MaxBytes = 1000 } },
            TransferFailure.TooMuch,
            MessageWriter.Offer(1),
            RawSender.Entry(EntryKind.Stream, "stream", -1),
            MessageWriter.Begin(0, 0),
            RawSender.Chunk(new byte[600]),
            RawSender.Chunk(new byte[600]));
    }

    [Fact]
    public async Task Several_files_are_refused_where_one_is_wanted()
    {
        await AssertOfferRefusedAsync(
            _ends.Into(_folders.Target) with { FileName = "one" }, TransferFailure.TooMuch, MessageWriter.Offer(2),
            RawSender.Entry(EntryKind.File, "a", 1), RawSender.Entry(EntryKind.File, "b", 1));
    }

    [Fact]
    public async Task Nothing_is_replaced_and_nothing_of_the_offer_is_made()
    {
        await File.WriteAllTextAsync(_folders.InTarget("b"), "mine");
        _folders.Write("b", 1000);

        var (sent, received) = await FailAsync(
            _ends.Into(_folders.Target), _folders.Write("a", 10), Path.Combine(_folders.Source, "b"));

        Assert.Equal((TransferFailure.AlreadyThere, TransferFailure.AlreadyThere), (sent.Failure, received.Failure));
        Assert.Equal(("b", "b"), (sent.Name, received.Name));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folders.InTarget("b")));
        Assert.Single(Directory.GetFileSystemEntries(_folders.Target));
    }

    [Fact]
    public async Task A_file_as_long_but_with_other_bytes_is_not_taken_for_the_same()
    {
        await File.WriteAllTextAsync(_folders.InTarget("a"), "mine");

        var (sent, received) = await FailAsync(_ends.Into(_folders.Target), _folders.Write("a", "your"u8));

        Assert.Equal((TransferFailure.AlreadyThere, TransferFailure.AlreadyThere), (sent.Failure, received.Failure));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folders.InTarget("a")));
    }

    [Fact]
    public async Task A_name_that_was_taken_while_the_file_came_is_left_alone()
    {
        var path = _folders.Write("a", 1_000_000);
        var (sent, received) = await FailAsync(
            _ends.Into(_folders.Target) with
            {
                Progress = new FirstReport(() => File.WriteAllText(_folders.InTarget("a"), "mine")),
            },
            path);

        Assert.Equal((TransferFailure.AlreadyThere, TransferFailure.AlreadyThere), (sent.Failure, received.Failure));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folders.InTarget("a")));
        Assert.Equal(
            TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget(Partial.NameFor("a"))));
    }

    [Fact]
    public async Task A_full_disk_is_told_to_both_ends()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        var (sent, received) = await FailAsync(
            _ends.Into(_folders.Target) with
            {
                OpenTree = path => new TargetTree(new FailingDisk(
                    LinuxFolder.Open(path),
                    _ => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite))),
            },
            _folders.Write("a", 1_000_000));

        Assert.Equal((TransferFailure.DiskFull, TransferFailure.DiskFull), (sent.Failure, received.Failure));
        Assert.False(File.Exists(_folders.InTarget("a")));
    }

    [Fact]
    public async Task A_file_that_must_not_be_made_is_told_to_both_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Not even root makes files in /sys.");
        using var forbidden = LinuxFolder.Open("/sys");
        var (sent, received) = await FailAsync(
            _ends.Into(_folders.Target) with
            {
                OpenTree = path => new TargetTree(new FailingDisk(LinuxFolder.Open(path), forbidden.OpenPartial)),
            },
            _folders.Write("a", 10));

        Assert.Equal((TransferFailure.Denied, TransferFailure.Denied), (sent.Failure, received.Failure));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_before_anybody_is_waited_for()
    {
        var error = await Assert.ThrowsAsync<TransferException>(() => _ends.StartAsync(_folders.InTarget("nowhere")));

        Assert.Equal(TransferFailure.Denied, error.Failure);
    }

    [Fact]
    public async Task Two_receivers_do_not_write_to_one_unfinished_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Locks are Linux's here.");
        using var tree = TargetTree.Open(_folders.Target);
        using var other = tree.OpenPartial(Switchboard.Files.Names.OfferedName.Parse("a"));

        var (sent, received) = await FailAsync(_ends.Into(_folders.Target), _folders.Write("a", 10));

        Assert.Equal((TransferFailure.Denied, TransferFailure.Denied), (sent.Failure, received.Failure));
        Assert.Contains("another receiver", received.Message, StringComparison.Ordinal);
    }

    private async Task AssertOfferRefusedAsync(
        FileReceiverOptions options, TransferFailure failure, params byte[][] messages)
    {
        await using var receiver = await _ends.StartAsync(options);
        Task<TransferResult> receiving;
        await using (var sender = await RawSender.ConnectAsync(_ends, receiver, out receiving))
        {
            await sender.TrySendAsync(messages);
            Assert.Equal(failure, (await sender.WaitForRefusalAsync()).Failure);
        }

        Assert.Equal(failure, (await Assert.ThrowsAsync<TransferException>(() => receiving.Soon())).Failure);
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(_folders.Target), each => !each.EndsWith(".part", StringComparison.Ordinal));
    }

    private async Task<(TransferException Sent, TransferException Received)> FailAsync(
        FileReceiverOptions options, params string[] paths)
    {
        await using var receiver = await _ends.StartAsync(options);
        var receiving = receiver.ReceiveAsync();
        var sent = await Assert.ThrowsAsync<TransferException>(
            () => _ends.NewSender(paths).SendAsync(receiver.Ticket!).Soon());
        return (sent, await Assert.ThrowsAsync<TransferException>(() => receiving.Soon()));
    }

    private sealed class FirstReport(Action act) : IProgress<TransferProgress>
    {
        private Action? _act = act;

        public void Report(TransferProgress value) => Interlocked.Exchange(ref _act, null)?.Invoke();
    }
}
