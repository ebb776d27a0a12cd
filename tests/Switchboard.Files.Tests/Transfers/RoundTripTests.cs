using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Transfers;

public sealed class RoundTripTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((128 * 1024) - 1)]
    [InlineData(128 * 1024)]
    [InlineData((128 * 1024) + 1)]
    [InlineData(10_000_000)]
    public async Task A_file_arrives_as_it_was_sent(int length)
    {
        var path = _folders.Write("report.pdf", length);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();

        var sent = await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        var received = await receiving.Soon();

        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget("report.pdf")));
        Assert.Equal((1, length, 0), (sent.Files, sent.Bytes, sent.BytesResumed));
        Assert.Equal((1, length, 0), (received.Files, received.Bytes, received.BytesResumed));
        Assert.Single(Directory.GetFileSystemEntries(_folders.Target));
    }

    [Fact]
    public async Task Folders_arrive_with_all_that_is_in_them_and_links_stay_behind()
    {
        _folders.Write("trip/day 1/sea.jpg", 5000, seed: 2);
        _folders.Write("trip/day 1/größe.txt", 10, seed: 3);
        _folders.Write("trip/notes.txt", 0);
        Directory.CreateDirectory(Path.Combine(_folders.Source, "trip/empty"));
        File.CreateSymbolicLink(Path.Combine(_folders.Source, "trip/link"), "/etc/passwd");
        var sender = _ends.NewSender(Path.Combine(_folders.Source, "trip") + "/");
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();

        await sender.SendAsync(receiver.Ticket!).Soon();

        Assert.Equal(3, (await receiving.Soon()).Files);
        Assert.Equal(["trip/link"], sender.Skipped);
        File.Delete(Path.Combine(_folders.Source, "trip/link"));
        Assert.Equal(
            TestFolders.Describe(_folders.Source).Replace(_folders.Source, "", StringComparison.Ordinal),
            TestFolders.Describe(_folders.Target).Replace(_folders.Target, "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_received_is_for_its_owner_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have other modes.");
        var path = _folders.Write("folder/file", 10);
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();
        await _ends.NewSender(Path.GetDirectoryName(path)!).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ForOwner, new FileInfo(_folders.InTarget("folder/file")).UnixFileMode);
        Assert.Equal(ForOwner | UnixFileMode.UserExecute, new DirectoryInfo(_folders.InTarget("folder")).UnixFileMode);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.SetUser | UnixFileMode.StickyBit)]
    public async Task What_its_owner_may_run_stays_so_and_nobody_else_may(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows goes by names.");
            return;
        }

        const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var program = _folders.Write("folder/program", 10);
        new FileInfo(program).UnixFileMode = mode | UnixFileMode.OtherRead | UnixFileMode.GroupExecute;
        var text = _folders.Write("folder/text", 10);
        new FileInfo(text).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.OtherExecute;

        await SendAsync(Path.GetDirectoryName(program)!);

        Assert.Equal(
            ForOwner | UnixFileMode.UserExecute,
            new FileInfo(_folders.InTarget("folder/program")).UnixFileMode);
        Assert.Equal(ForOwner, new FileInfo(_folders.InTarget("folder/text")).UnixFileMode);
    }

    [Fact]
    public async Task A_file_keeps_the_time_when_it_was_written()
    {
        var written = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1_234_567);
        var path = _folders.Write("file", 3_000_000);
        File.SetLastWriteTimeUtc(path, written);

        await SendAsync(path);

        Assert.Equal(written, File.GetLastWriteTimeUtc(_folders.InTarget("file")));
    }

    [Fact]
    public async Task A_stream_goes_from_end_to_end_without_a_file()
    {
        var bytes = new byte[1_000_001];
        new Random(7).NextBytes(bytes);
        using var output = new MemoryStream();
        await using var receiver = await _ends.StartAsync(_ends.Into(_folders.Target) with { Output = output });
        var receiving = receiver.ReceiveAsync();
        var sender = _ends.NewSender();
        sender.Add("standard-input", new MemoryStream(bytes));

        Assert.Null(sender.Bytes);
        await sender.SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal(bytes, output.ToArray());
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
    }

    [Fact]
    public async Task The_receiver_may_give_the_one_file_another_name()
    {
        var path = _folders.Write("theirs", 100);
        await using var receiver = await _ends.StartAsync(_ends.Into(_folders.Target) with { FileName = "ours" });
        var receiving = receiver.ReceiveAsync();
        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal([_folders.InTarget("ours")], Directory.GetFileSystemEntries(_folders.Target));
    }

    [Fact]
    public async Task Without_protection_no_ticket_is_needed()
    {
        var path = _folders.Write("file", 100_000);
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Protection = Protection.None });
        var receiving = receiver.ReceiveAsync();

        Assert.Null(receiver.Ticket);
        await _ends.NewSender(path).SendUnprotectedAsync(receiver.Local).Soon();
        await receiving.Soon();

        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(_folders.InTarget("file")));
    }

    [Fact]
    public async Task Progress_is_told_up_to_the_last_byte()
    {
        var path = _folders.Write("file", 700_000);
        var seen = new List<TransferProgress>();
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Progress = new Told(seen.Add) });
        var receiving = receiver.ReceiveAsync();
        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal(new TransferProgress("file", 1, 1, 700_000, 0, 700_000), seen[^1]);
        Assert.Equal(seen.OrderBy(each => each.BytesDone), seen);
    }

    private async Task SendAsync(string path)
    {
        await using var receiver = await _ends.StartAsync(_folders.Target);
        var receiving = receiver.ReceiveAsync();
        await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();
    }

    private sealed class Told(Action<TransferProgress> tell) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => tell(value);
    }
}
