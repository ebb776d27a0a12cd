using Switchboard.Files.Names;

namespace Switchboard.Files.Tests.Names;

public sealed class NameSetTests
{
    [Theory]
    [InlineData("readme", "README")]
    [InlineData("readme", "readme")]
    [InlineData("caf\u00E9", "CAF\u00C9")]
    [InlineData("\u03C3\u03C2", "\u03A3\u03A3")]
    [InlineData("Docs/a", "docs/b")]
    [InlineData("a/b", "a")]
    [InlineData("a", "a/b")]
    [InlineData("a", "A/b")]
    public void Two_names_that_some_disk_takes_for_one_clash(string first, string second)
    {
        var names = new NameSet();
        names.Add(OfferedName.Parse(first), isFolder: false);

        var refused = Assert.Throws<TransferException>(() => names.Add(OfferedName.Parse(second), isFolder: false));

        Assert.Equal(TransferFailure.NameRefused, refused.Failure);
    }

    [Theory]
    [InlineData("resume", "r\u00E9sum\u00E9")]
    [InlineData("a/b", "a/c")]
    [InlineData("a/b", "b/a")]
    [InlineData("ab", "a/b")]
    [InlineData("\uD55C", "\uAE00")]
    public void Names_that_differ_on_every_disk_go_together(string first, string second)
    {
        var names = new NameSet();
        names.Add(OfferedName.Parse(first), isFolder: false);

        names.Add(OfferedName.Parse(second), isFolder: false);
    }

    [Fact]
    public void A_folder_may_be_named_before_and_behind_what_is_in_it()
    {
        var names = new NameSet();
        names.Add(OfferedName.Parse("a"), isFolder: true);
        names.Add(OfferedName.Parse("a/b/c"), isFolder: false);
        names.Add(OfferedName.Parse("a/b"), isFolder: true);

        Assert.Throws<TransferException>(() => names.Add(OfferedName.Parse("a/b"), isFolder: true));
    }
}
