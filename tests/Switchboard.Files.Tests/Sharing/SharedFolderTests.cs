namespace Switchboard.Files.Tests.Sharing;

public sealed class SharedFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("switchboard-shared-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void What_is_there_is_listed_without_links_and_hidden_files()
    {
        File.WriteAllText(Path.Combine(_path, "file"), "abc");
        File.WriteAllText(Path.Combine(_path, ".hidden"), "");
        File.WriteAllText(Path.Combine(_path, ".switchboard-x.part"), "");
        Directory.CreateDirectory(Path.Combine(_path, "folder"));
        File.CreateSymbolicLink(Path.Combine(_path, "link"), "/etc/passwd");
        using var shared = SharedFolder.Open(_path);
        using var hidden = SharedFolder.Open(_path, new SharedFolderOptions { ShowsHidden = true });

        Assert.Equal(["file", "folder"], shared.List([])!.Select(entry => entry.Name).Order());
        Assert.Equal([".hidden", "file", "folder"], hidden.List([])!.Select(entry => entry.Name).Order());
        Assert.Equal(3, shared.Look(["file"])!.Bytes);
        Assert.Null(shared.Look(["link"]));
        Assert.Null(shared.OpenToRead(["link"]));
        Assert.Null(shared.List(["file"]));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public void A_name_that_leads_elsewhere_is_not_there(string name)
    {
        using var shared = SharedFolder.Open(_path);

        Assert.Null(shared.Look([name]));
        Assert.Null(shared.List([name]));
        Assert.Null(shared.OpenToRead([name]));
    }

    [Fact]
    public void Looking_makes_no_folders()
    {
        using var shared = SharedFolder.Open(_path);

        Assert.Null(shared.OpenToRead(["a", "b", "c"]));

        Assert.Empty(Directory.GetDirectories(_path));
    }

    [Fact]
    public async Task A_file_has_its_name_when_it_is_committed_and_leaves_nothing_when_it_is_not()
    {
        using var shared = SharedFolder.Open(_path);
        using (var given = shared.Create(["given-up"]))
        {
            await given.WriteAsync("abc"u8.ToArray());
            Assert.False(File.Exists(Path.Combine(_path, "given-up")));
        }

        using (var whole = shared.Create(["whole"]))
        {
            await whole.WriteAsync("abc"u8.ToArray());
            whole.Commit();
        }

        Assert.Equal([Path.Combine(_path, "whole")], Directory.GetFiles(_path));
    }

    [Fact]
    public async Task Of_two_that_come_at_once_one_is_refused()
    {
        using var shared = SharedFolder.Open(_path);
        using (var first = shared.Create(["same"]))
        {
            await first.WriteAsync("first"u8.ToArray());

            Assert.Throws<TransferException>(() => shared.Create(["same"]));

            first.Commit();
        }

        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(_path, "same")));
    }

    [Fact]
    public void What_came_meanwhile_is_not_replaced()
    {
        using var shared = SharedFolder.Open(_path);
        using var late = shared.Create(["file"]);
        File.WriteAllText(Path.Combine(_path, "file"), "first");

        var error = Assert.Throws<TransferException>(late.Commit);

        Assert.Equal(TransferFailure.AlreadyThere, error.Failure);
        Assert.Equal("first", File.ReadAllText(Path.Combine(_path, "file")));
    }
}
