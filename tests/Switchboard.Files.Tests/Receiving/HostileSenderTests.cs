using System.Security.Cryptography;
using Switchboard.Files.Names;
using Switchboard.Files.Protocol;
using Switchboard.Files.Storing;
using Switchboard.Files.Tests.Names;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Receiving;

/// <summary>Senders that have the ticket, and mean no good.</summary>
public sealed class HostileSenderTests : IDisposable
{
    private static readonly byte[][] Begun =
    [
        MessageWriter.Offer(1), RawSender.Entry(EntryKind.File, "file", 3), MessageWriter.Begin(0, 0),
    ];

    /// <summary>What no honest sender says, by what is wrong with it.</summary>
    private static readonly Dictionary<string, byte[][]> Broken = new()
    {
        ["an unknown kind"] = [[99, 1, 2, 3]],
        ["an entry too few"] = [MessageWriter.Offer(2), .. Begun[1..]],
        ["no offer"] = [MessageWriter.Begin(0, 0)],
        ["a negative size"] = [MessageWriter.Offer(1), RawSender.Entry(EntryKind.File, "file", -5)],
        ["a negative count"] = [MessageWriter.Offer(-1)],
        ["a chunk too much"] = [.. Begun, RawSender.Chunk(1, 2), RawSender.Chunk(3, 4)],
        ["another file"] = [.. Begun[..2], MessageWriter.Begin(7, 0)],
        ["behind the end"] = [.. Begun[..2], MessageWriter.Begin(0, 2)],
        ["an end too early"] = [.. Begun, RawSender.Chunk(1), MessageWriter.End(1, new byte[32])],
        ["an empty message"] = [[]],
        ["no message"] = [[(byte)MessageKind.Offer]],
        ["a mode that there is not"] =
            [MessageWriter.Offer(1), RawSender.Entry(EntryKind.File, "file"u8.ToArray(), 3, mode: 0b1000_0001)],
        ["a mode of a folder"] =
            [MessageWriter.Offer(1), RawSender.Entry(EntryKind.Folder, "file"u8.ToArray(), 0, mode: 1)],
        ["a time of a stream"] =
            [MessageWriter.Offer(1), RawSender.Entry(EntryKind.Stream, "file"u8.ToArray(), -1, changed: 0)],
        ["an entry cut short"] = [MessageWriter.Offer(1), Begun[1][..15]],
        ["a size of a folder"] = [MessageWriter.Offer(1), RawSender.Entry(EntryKind.Folder, "file", 5)],
    };

    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task No_hostile_name_makes_a_file_anywhere()
    {
        File.CreateSymbolicLink(_folders.InTarget("way-out"), _folders.Source);
        var before = TestFolders.Describe(_folders.Root);
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Protection = Protection.None });
        foreach (var name in HostileNames.All)
        {
            foreach (var kind in (EntryKind[])[EntryKind.File, EntryKind.Folder])
            {
                var refused = await OfferAsync(receiver, RawSender.Entry(kind, name, kind == EntryKind.File ? 1 : 0));
                Assert.Equal(TransferFailure.NameRefused, refused.Failure);
            }
        }

        Assert.Equal(before, TestFolders.Describe(_folders.Root));
        Assert.False(File.Exists("/tmp/switchboard-evil") || File.Exists("/dev/shm/switchboard-evil"));
    }

    [Theory]
    [InlineData("way-out/evil")]
    [InlineData("way-out")]
    [InlineData("folder/way-out/evil")]
    [InlineData("folder/way-out/deeper/evil")]
    [InlineData("folder/up/evil")]
    [InlineData("dangling")]
    [InlineData("dangling/evil")]
    [InlineData("pipe")]
    [InlineData("file/evil")]
    [InlineData("folder")]
    public async Task A_link_or_something_else_in_the_way_is_neither_followed_nor_replaced(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes are made with mkfifo.");
        Directory.CreateDirectory(_folders.InTarget("folder"));
        File.CreateSymbolicLink(_folders.InTarget("way-out"), _folders.Source);
        File.CreateSymbolicLink(_folders.InTarget("folder/way-out"), "../../../../source");
        File.CreateSymbolicLink(_folders.InTarget("folder/up"), "..");
        File.CreateSymbolicLink(_folders.InTarget("dangling"), Path.Combine(_folders.Source, "nothing"));
        await File.WriteAllTextAsync(_folders.InTarget("file"), "mine");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_folders.InTarget("pipe")]))
        {
            await made.WaitForExitAsync();
        }

        var before = DescribeWithoutPipe();
        await using var receiver = await _ends.StartAsync(_folders.Target);

        var refused = await OfferAsync(receiver, RawSender.Entry(EntryKind.File, name, 4));

        Assert.Contains(refused.Failure, (TransferFailure[])[TransferFailure.AlreadyThere, TransferFailure.Denied]);
        Assert.Equal(before, DescribeWithoutPipe());
    }

    [Fact]
    public async Task An_unfinished_file_that_is_a_link_is_not_written_through()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hard links are made with ln.");
        var victim = _folders.Write("victim", "mine"u8);
        var linked = Partial.NameFor("linked");
        File.CreateSymbolicLink(_folders.InTarget(linked), victim);
        using (var made = System.Diagnostics.Process.Start("ln", [victim, _folders.InTarget(Partial.NameFor("hard"))]))
        {
            await made.WaitForExitAsync();
        }

        await using var receiver = await _ends.StartAsync(_folders.Target);
        foreach (var name in (string[])["linked", "hard"])
        {
            var refused = await OfferAsync(receiver, RawSender.Entry(EntryKind.File, name, 100));
            Assert.Equal(TransferFailure.Denied, refused.Failure);
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(victim));
    }

    [Fact]
    public void A_folder_that_is_exchanged_for_a_link_meanwhile_leads_nothing_astray()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have paths only.");
        using var tree = TargetTree.Open(_folders.Target);
        using var partial = tree.OpenPartial(OfferedName.Parse("inner/file"));
        Directory.Move(_folders.InTarget("inner"), _folders.InTarget("moved"));
        File.CreateSymbolicLink(_folders.InTarget("inner"), _folders.Source);
        Directory.Move(_folders.Target, _folders.Target + "-moved");
        File.CreateSymbolicLink(_folders.Target, _folders.Source);

        Assert.True(partial.TryCommit());
        Assert.ThrowsAny<IOException>(() => tree.OpenPartial(OfferedName.Parse("inner/file")));

        Assert.True(File.Exists(_folders.Target + "-moved/moved/file"));
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Source));
    }

    [Fact]
    public async Task What_clashes_within_one_offer_is_refused_before_anything_is_made()
    {
        await using var receiver = await _ends.StartAsync(_folders.Target);
        await using var sender = await RawSender.ConnectAsync(_ends, receiver, out var receiving);
        await sender.TrySendAsync(
            MessageWriter.Offer(2),
            RawSender.Entry(EntryKind.File, "caf\u00E9", 1),
            RawSender.Entry(EntryKind.File, "CAF\u00C9", 1));

        Assert.Equal((TransferFailure.NameRefused, 1), await sender.WaitForRefusalAsync());
        await Assert.ThrowsAsync<TransferException>(() => receiving.Soon());
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
    }

    public static TheoryData<string> BrokenOnes => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(BrokenOnes))]
    public async Task Who_breaks_the_protocol_is_cut_off_and_the_receiver_waits_for_the_next(string how)
    {
        var path = _folders.Write("honest", 1000);
        var interrupted = new List<Exception>();
        await using var receiver = await _ends.StartAsync(
            _ends.Into(_folders.Target) with { Interrupted = interrupted.Add });
        await using (var sender = await RawSender.ConnectAsync(_ends, receiver, out var receiving))
        {
            await sender.TrySendAsync(Broken[how]);
            await Waiting.UntilAsync(() => interrupted.Count > 0);

            await _ends.NewSender(path).SendAsync(receiver.Ticket!).Soon();
            await receiving.Soon();
        }

        Assert.IsType<ProtocolBrokenException>(Assert.Single(interrupted));
        Assert.Equal([_folders.InTarget("honest")], Directory.GetFiles(_folders.Target, "honest*"));
        Assert.False(File.Exists(_folders.InTarget("file")));
    }

    [Fact]
    public async Task Bytes_that_do_not_fit_their_digest_are_thrown_away()
    {
        await using var receiver = await _ends.StartAsync(_folders.Target);
        await using var sender = await RawSender.ConnectAsync(_ends, receiver, out var receiving);
        await sender.SendAsync(
            MessageWriter.Offer(1),
            RawSender.Entry(EntryKind.File, "file", 3),
            MessageWriter.Begin(0, 0),
            RawSender.Chunk(1, 2, 3),
            MessageWriter.End(3, new byte[32]));

        Assert.Equal((TransferFailure.Mismatch, 0), await sender.WaitForRefusalAsync());
        var error = await Assert.ThrowsAsync<TransferException>(() => receiving.Soon());
        Assert.Equal((TransferFailure.Mismatch, "file"), (error.Failure, error.Name));
        Assert.Empty(Directory.GetFileSystemEntries(_folders.Target));
    }

    [Theory]
    [InlineData(long.MinValue + 1)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task Any_time_is_taken_and_none_of_them_ends_the_receiver(long changed)
    {
        await using var receiver = await _ends.StartAsync(_folders.Target);
        await using var sender = await RawSender.ConnectAsync(_ends, receiver, out var receiving);
        await sender.SendAsync(
            MessageWriter.Offer(1),
            RawSender.Entry(EntryKind.File, "file"u8.ToArray(), 0, mode: 1, changed),
            MessageWriter.Begin(0, 0),
            MessageWriter.End(0, SHA256.HashData([])));

        await receiving.Soon();
        Assert.True(File.Exists(_folders.InTarget("file")));
    }

    private async Task<TransferException> OfferAsync(FileReceiver receiver, byte[] entry)
    {
        Task<TransferResult> receiving;
        await using (var sender = await RawSender.ConnectAsync(_ends, receiver, out receiving))
        {
            await sender.TrySendAsync(MessageWriter.Offer(1), entry, MessageWriter.Begin(0, 0), RawSender.Chunk(1));
        }

        return await Assert.ThrowsAsync<TransferException>(() => receiving.Soon());
    }

    private string DescribeWithoutPipe()
    {
        var pipe = _folders.InTarget("pipe");
        File.Move(pipe, Path.Combine(Path.GetTempPath(), Path.GetFileName(_folders.Root) + "-pipe"));
        var text = TestFolders.Describe(_folders.Root);
        File.Move(Path.Combine(Path.GetTempPath(), Path.GetFileName(_folders.Root) + "-pipe"), pipe);
        return text;
    }
}
