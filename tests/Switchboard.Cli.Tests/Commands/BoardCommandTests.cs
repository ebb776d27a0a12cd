using System.Net;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.Commands;

public sealed class BoardCommandTests
{
    [Fact]
    public async Task It_tells_the_address_that_opens_it()
    {
        await using var run = CommandRun.Start("board", ":0", "--json");
        var listening = await run.WaitForEventAsync("listening");
        var url = new UriBuilder(listening.GetProperty("url").GetString()!) { Host = "127.0.0.1" }.Uri;

        Assert.Equal("board", listening.GetProperty("service").GetString());
        Assert.Equal(HttpStatusCode.SeeOther, await AskAsync(url));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(new UriBuilder(url) { Query = "" }.Uri));
        run.Interrupt();
        Assert.Equal(0, await run.Exit);
    }

    [Theory]
    [InlineData("udp://localhost:0")]
    [InlineData("unix:/tmp/no-such-board.sock")]
    public async Task Where_no_browser_gets_to_it_says_so(string endpoint)
    {
        var run = await CommandRun.RunAsync("board", endpoint);

        Assert.Equal(2, await run.Exit);
        Assert.Contains("a page for browsers", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_without_it_has_none()
    {
        await using var run = CommandRun.Start("up", "--port-base", "0", "--no-board");
        await run.Error.WaitForLineAsync("Ctrl-C stops.");

        Assert.DoesNotContain("\nboard ", run.Error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("See it:", run.Error.Text, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> AskAsync(Uri url)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(url).Soon();
        return answer.StatusCode;
    }
}
