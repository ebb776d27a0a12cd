using Switchboard.Files.Storing;
using Switchboard.Tests.Connections;

namespace Switchboard.Files.Tests.Storing;

/// <summary>File systems that know no renaming without replacing, such as some over a network.</summary>
public sealed class LinuxFolderTests : IDisposable
{
    private readonly TestFolders _folders = new();

    public LinuxFolderTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "These are calls of Linux.");

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData(LinuxCalls.Invalid)]
    [InlineData(LinuxCalls.NotImplemented)]
    public async Task A_file_gets_its_name_where_renaming_without_replacing_is_unknown(int answer)
    {
        var path = _folders.Write("folder/file", 1000);
        var ends = new TwoEnds();
        await using var receiver = await ends.StartAsync(ends.Into(_folders.Target) with
        {
            OpenTree = folder => new TargetTree(LinuxFolder.Open(folder, (_, _, _) => answer)),
        });
        var receiving = receiver.ReceiveAsync();

        await ends.NewSender(Path.GetDirectoryName(path)!).SendAsync(receiver.Ticket!).Soon();
        await receiving.Soon();

        var received = Assert.Single(Directory.GetFiles(_folders.InTarget("folder")));
        Assert.Equal(_folders.InTarget("folder/file"), received);
        Assert.Equal(TestFolders.DigestOf(path), TestFolders.DigestOf(received));
        using var file = File.OpenHandle(received);
        Assert.Equal(1u, LinuxCalls.Examine(file).Links);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("dangling")]
    public void Nothing_is_replaced_there_either(string name)
    {
        File.WriteAllText(_folders.InTarget("part"), "new");
        File.WriteAllText(_folders.InTarget("file"), "old");
        File.CreateSymbolicLink(_folders.InTarget("dangling"), "nothing");
        var before = TestFolders.Describe(_folders.Target);
        using var folder = LinuxFolder.Open(_folders.Target, (_, _, _) => LinuxCalls.Invalid);

        Assert.False(folder.TryRename("part", name));
        Assert.Equal(before, TestFolders.Describe(_folders.Target));
    }

    [Fact]
    public void Another_refusal_is_told_and_not_gone_around()
    {
        File.WriteAllText(_folders.InTarget("part"), "new");
        using var folder = LinuxFolder.Open(_folders.Target, (_, _, _) => LinuxCalls.ReadOnlyDisk);

        Assert.Throws<UnauthorizedAccessException>(() => folder.TryRename("part", "file"));
        Assert.Equal([_folders.InTarget("part")], Directory.GetFiles(_folders.Target));
    }

    [Fact]
    public void Who_opens_an_unfinished_file_as_another_finishes_it_begins_a_new_one()
    {
        using var folder = LinuxFolder.Open(_folders.Target);
        var first = folder.OpenPartial("part");
        RandomAccess.Write(first, "whole"u8, 0);
        using var late = LinuxFolder.Open(_folders.Target, tryLock: file =>
        {
            if (!first.IsClosed)
            {
                Assert.True(folder.TryRename("part", "file"));
                first.Dispose();
            }

            return LinuxCalls.TryLock(file);
        });

        using (var second = late.OpenPartial("part"))
        {
            RandomAccess.SetLength(second, 0);
        }

        Assert.Equal("whole", File.ReadAllText(_folders.InTarget("file")));
        Assert.True(File.Exists(_folders.InTarget("part")));
    }
}
