using Switchboard.Cli.WebFiles;

namespace Switchboard.Cli.Tests.WebFiles;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/a/b.txt", "a|b.txt")]
    [InlineData("/a/b/", "a|b")]
    [InlineData("/a%20b/%C3%A9.txt?x=/..", "a b|é.txt")]
    [InlineData("http://localhost:1/a", "a")]
    [InlineData("http://localhost", "")]
    [InlineData("/%252e%252e/a", "%2e%2e|a")]
    [InlineData("/...", "...")]
    public void A_path_is_taken_apart_and_decoded_once(string target, string parts)
    {
        var path = RequestPath.Parse(target)!;

        Assert.Equal(parts, string.Join('|', path.Parts));
        Assert.Equal(path.Parts.Count == 0 || target.Split('?')[0].EndsWith('/'), path.IsFolder);
    }

    [Theory]
    [InlineData("/..")]
    [InlineData("/../etc/passwd")]
    [InlineData("/a/../b")]
    [InlineData("/./a")]
    [InlineData("/%2e%2e/etc/passwd")]
    [InlineData("/%2E%2e%2Fetc")]
    [InlineData("/..%2fetc")]
    [InlineData("/a%2fb")]
    [InlineData("//etc/passwd")]
    [InlineData("/a//b")]
    [InlineData("/a%00.txt")]
    [InlineData("/%c0%ae%c0%ae/etc")]
    [InlineData("/%ff")]
    [InlineData("/%zz")]
    [InlineData("/a%2")]
    [InlineData("*")]
    [InlineData("etc/passwd")]
    [InlineData("")]
    public void What_leads_elsewhere_is_no_path(string target) => Assert.Null(RequestPath.Parse(target));

    [Theory]
    [InlineData("/a b/é", "/a%20b/%C3%A9/")]
    [InlineData("/%2F", null)]
    [InlineData("/evil.example", "/evil.example/")]
    public void A_link_never_names_a_host(string target, string? link) =>
        Assert.Equal(link, RequestPath.Parse(target) is { } path ? (path with { IsFolder = true }).Escaped : null);
}
