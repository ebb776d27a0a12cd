using Switchboard.Files.Names;
using Switchboard.Files.Storing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Storing;

/// <summary>What systems other than Linux use; Linux's own has the other tests.</summary>
public sealed class PathFolderTests : IDisposable
{
    private readonly TestFolders _folders = new();
    private readonly TwoEnds _ends = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Files_arrive_and_a_part_that_was_left_is_gone_on_with()
    {
        var path = _folders.Write("folder/file", 1_000_000);
        Directory.CreateDirectory(_folders.InTarget("folder"));
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(_folders.InTarget($"folder/{Partial.NameFor("file")}"), bytes[..600_000]);
        await using var receiver = await StartAsync();
        var receiving = receiver.ReceiveAsync();

        var sent = await _ends.NewSender(Path.GetDirectoryName(path)!).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        Assert.Equal(600_000, sent.BytesResumed);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folders.InTarget("folder/file")));
        Assert.Single(Directory.GetFileSystemEntries(_folders.InTarget("folder")));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("link/file")]
    [InlineData("file/inside")]
    public async Task Nothing_is_replaced_and_no_link_is_followed(string name)
    {
        await File.WriteAllTextAsync(_folders.InTarget("file"), "mine");
        File.CreateSymbolicLink(_folders.InTarget("link"), _folders.Source);
        var before = TestFolders.Describe(_folders.Root);
        await using var receiver = await StartAsync();
        Task<TransferResult> receiving;
        await using (var sender = await RawSender.ConnectAsync(_ends, receiver, out receiving))
        {
            await sender.TrySendAsync(
                Protocol.MessageWriter.Offer(1), RawSender.Entry(Protocol.EntryKind.File, name, 100));
        }

        await Assert.ThrowsAsync<TransferException>(() => receiving.Soon());
        Assert.Equal(before, TestFolders.Describe(_folders.Root));
    }

    [Fact]
    public void A_name_that_is_taken_is_not_given_again()
    {
        using var folder = PathFolder.Open(_folders.Target);
        using var tree = new TargetTree(folder);
        using var partial = tree.OpenPartial(OfferedName.Parse("file"));
        File.WriteAllText(_folders.InTarget("file"), "mine");

        Assert.False(partial.TryCommit());
        Assert.Equal("mine", File.ReadAllText(_folders.InTarget("file")));
    }

    private Task<FileReceiver> StartAsync() => _ends.StartAsync(_ends.Into(_folders.Target) with
    {
        OpenTree = path => new TargetTree(PathFolder.Open(path)),
    });
}
