namespace Switchboard.Repository.Documentation;

public sealed class LinksTests
{
    private static readonly Dictionary<string, SourceFile?> Files = new()
    {
        ["docs/guide/first.md"] = new("docs/guide/first.md", "# First steps: what `0` means\n\n## Again\n\n## Again\n"),
        ["docs"] = null,
        ["LICENSE"] = null,
    };

    [Theory]
    [InlineData("[a](guide/gone.md)")]
    [InlineData("[a](first.md)")]
    [InlineData("![a](picture.png \"title\")")]
    [InlineData("[a]: gone.md")]
    [InlineData("<img src=\"gone.png\">")]
    [InlineData("[a](guide/first.md#gone)")]
    [InlineData("[a](guide/first.md#again-2)")]
    [InlineData("[a](#gone)")]
    public void A_link_that_leads_nowhere_is_reported(string link)
    {
        Rule.IsBrokenAt(3, Check($"# Here\n\n{link}\n"));
    }

    [Theory]
    [InlineData("[a](guide/first.md)")]
    [InlineData("[a](./guide/../guide/first.md#first-steps-what-0-means)")]
    [InlineData("[a](guide/first.md#again-1)")]
    [InlineData("[a](../LICENSE) and [b](../docs)")]
    [InlineData("[a](#here)")]
    [InlineData("[a](https://example.org/gone.md) and <mailto:a@example.org>")]
    [InlineData("`[a](gone.md)`")]
    [InlineData("```\n[a](gone.md)\n```")]
    public void A_link_that_leads_somewhere_is_not_reported(string link)
    {
        Assert.Empty(Check($"# Here\n\n{link}\n"));
    }

    [Fact]
    public void A_page_that_nobody_links_to_is_reported()
    {
        var page = new SourceFile("docs/guide/second.md", "");

        var violation = Assert.Single(Links.CheckReachable([Files["docs/guide/first.md"]!, page], [
            new SourceFile("README.md", "[first](docs/guide/first.md)"),
        ]));

        Assert.Equal("docs/guide/second.md", violation.Path);
    }

    private static IEnumerable<Violation> Check(string text)
    {
        var here = new SourceFile("docs/here.md", text);
        bool Exists(string path) => path == here.Path || Files.ContainsKey(path);
        SourceFile? Read(string path) => path == here.Path ? here : Files[path];

        return Links.Check(here, Exists, Read);
    }
}
