using System.Security.Cryptography;
using System.Text;
using Switchboard.Cli.WebFiles;
using Switchboard.Files;

namespace Switchboard.Cli.Tests.WebFiles;

public sealed class ListingPageTests
{
    private static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    private static readonly SharedEntry[] Entries =
    [
        new("b.txt", IsFolder: false, 10, Noon),
        new("A.txt", IsFolder: false, 2048 * 1024, Noon.AddDays(-1)),
        new("folder", IsFolder: true, 0, Noon.AddDays(-2)),
    ];

    [Theory]
    [InlineData(null, null, "folder A.txt b.txt")]
    [InlineData("name", "1", "folder b.txt A.txt")]
    [InlineData("size", "1", "folder A.txt b.txt")]
    [InlineData("size", null, "folder b.txt A.txt")]
    [InlineData("time", "1", "folder b.txt A.txt")]
    [InlineData("nonsense", "2", "folder A.txt b.txt")]
    public void Folders_come_first_whatever_it_is_sorted_by(string? by, string? down, string names) =>
        Assert.Equal(names, string.Join(' ', ListingOrder.Parse(by, down).Sort(Entries).Select(each => each.Name)));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("'&amp;")]
    [InlineData("javascript:alert(1)")]
    public void A_name_is_text_whatever_it_is(string name)
    {
        var page = Compose("/", new SharedEntry(name, IsFolder: false, 1, Noon));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'&amp;<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"./{Uri.EscapeDataString(name)}\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_turns_the_reading_direction_is_shown_as_it_is() =>
        Assert.Contains(
            @"a\u202Egpj.exe", Compose("/", new SharedEntry("a\u202Egpj.exe", IsFolder: false, 1, Noon)),
            StringComparison.Ordinal);

    [Fact]
    public void The_way_up_is_shown_below_the_root_only()
    {
        Assert.DoesNotContain("../", Compose("/"), StringComparison.Ordinal);
        var page = Compose("/a%20b/c/");
        Assert.Contains("<a href=\"../\">../</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/a%20b/\">a b</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_lets_the_pages_own_style_through_and_no_script()
    {
        var page = Compose("/", Entries);
        var style = page.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"style-src 'sha256-{hash}'", ListingPage.Policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", ListingPage.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_is_shown_than_a_browser_bears()
    {
        var many = Enumerable.Range(0, ListingPage.MostShown + 1)
            .Select(n => new SharedEntry($"{n}", IsFolder: false, n, Noon)).ToArray();

        Assert.Contains("The first 10000 of 10001 are shown.", Compose("/", many), StringComparison.Ordinal);
    }

    private static string Compose(string path, params SharedEntry[] entries) =>
        new ListingPage(RequestPath.Parse(path)!, entries, ListingOrder.Parse(null, null)).Compose();
}
