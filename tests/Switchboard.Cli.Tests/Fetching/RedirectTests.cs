using Switchboard.Tests.Transports.Tls;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class RedirectTests
{
    [Fact]
    public async Task Redirects_are_followed_relative_ones_too()
    {
        await using var server = await RawWebServer.StartAsync(request => PathOf(request) switch
        {
            "/" => RawWebServer.Redirect(301, "a/b"),
            "/a/b" => RawWebServer.Redirect(307, "../c#part"),
            "/c" => RawWebServer.Ok("there"),
            _ => RawWebServer.Ok("wrong"),
        });

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal("there", run.Output.Text);
        Assert.Equal("", run.Error.Text);
    }

    [Fact]
    public async Task A_circle_is_noticed()
    {
        await using var server = await RawWebServer.StartAsync(request =>
            RawWebServer.Redirect(302, PathOf(request) == "/" ? "/a" : "/"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(1, await run.Exit);
        Assert.Contains("lead in a circle", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task They_are_followed_so_often_and_no_more()
    {
        await using var server = await RawWebServer.StartAsync(request =>
            RawWebServer.Redirect(302, PathOf(request) + "x"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--max-redirects", "3");

        Assert.Equal(1, await run.Exit);
        Assert.Contains("3 redirects were followed already", run.Error.Text, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task With_none_allowed_the_redirect_is_the_answer()
    {
        await using var server = await RawWebServer.StartAsync(
            "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 4\r\n\r\nlook");

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--max-redirects", "0");

        Assert.Equal(0, await run.Exit);
        Assert.Equal("look", run.Output.Text);
    }

    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(302, "PUT", "PUT")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "POST", "POST")]
    public async Task What_was_sent_is_sent_again_only_where_that_is_asked_for(int status, string sent, string then)
    {
        await using var server = await RawWebServer.StartAsync(request =>
            PathOf(request) == "/" ? RawWebServer.Redirect(status, "/next") : RawWebServer.Ok(""));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "-X", sent, "-d", "a=1");

        Assert.Equal(0, await run.Exit);
        Assert.StartsWith($"{then} /next ", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal(then != "GET", server.Requests[1].EndsWith("a=1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_host_gets_no_credentials_and_the_same_host_does()
    {
        await using var stranger = await RawWebServer.StartAsync(RawWebServer.Ok("stranger"));
        await using var server = await RawWebServer.StartAsync(request =>
            RawWebServer.Redirect(302, PathOf(request) == "/" ? "/again" : stranger.Url));

        await using var run = await CommandRun.RunAsync(
            "fetch", server.Url, "-H", "Authorization: Basic c2VjcmV0", "-H", "Cookie: a=secret", "-H", "X-Key: secret",
            "-H", "Accept: text/html");

        Assert.Equal("stranger", run.Output.Text);
        Assert.Contains("X-Key: secret", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("Basic c2VjcmV0", server.Requests[1], StringComparison.Ordinal);
        var leaked = Assert.Single(stranger.Requests);
        Assert.DoesNotContain("secret", leaked, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", leaked, StringComparison.Ordinal);
        Assert.Contains("Accept: text/html", leaked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://localhost/")]
    [InlineData("javascript:alert(1)")]
    public async Task Only_the_web_is_followed(string location)
    {
        await using var server = await RawWebServer.StartAsync(RawWebServer.Redirect(302, location));

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(1, await run.Exit);
        Assert.Contains("which is no page of the web", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_leads_out_of_TLS()
    {
        var authority = new TestAuthority();
        using var folder = new TempFolder();
        var roots = folder.Write("ca.pem", authority.Roots[0].ExportCertificatePem());
        await using var plain = await RawWebServer.StartAsync(RawWebServer.Ok("plain"));
        await using var server = await RawWebServer.StartAsync(
            _ => RawWebServer.Redirect(302, plain.Url), "tls://127.0.0.1:0",
            new TlsListenOptions { Certificates = [authority.Issue("127.0.0.1")] });

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--ca", roots);

        Assert.Equal(1, await run.Exit);
        Assert.Contains("That is out of TLS", run.Error.Text, StringComparison.Ordinal);
        Assert.Empty(plain.Requests);
    }

    private static string PathOf(string request) => request.Split(' ')[1];
}
