using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.Fetching;

/// <summary>The same as other programs: asked of Python's server, and compared with what curl sends.</summary>
public sealed class FetchInteropTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pythons_server_is_understood_and_that_it_sends_no_parts()
    {
        Programs.Require("python3");
        var whole = new string('x', 300_000);
        _folder.Write("file", whole);
        await using var python = RunningProgram.Start(
            "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", _folder.Path);
        var line = await python.Output.WaitForLineAsync("Serving HTTP on");
        var url = $"http://127.0.0.1:{line.Split("port ")[1].Split(' ')[0]}/file";
        var target = Path.Combine(_folder.Path, "copy");

        await using var run = await CommandRun.RunAsync("fetch", url, "-o", target);
        await using var missing = await CommandRun.RunAsync("fetch", url + "s");

        Assert.Equal(0, await run.Exit);
        Assert.Equal(whole, await File.ReadAllTextAsync(target));
        Assert.Equal(8, await missing.Exit);
    }

    [Theory]
    [InlineData("-d a=1&b=2")]
    [InlineData("-X PUT -d {}")]
    [InlineData("-X DELETE")]
    [InlineData("-H Accept:text/html -H X-One:1")]
    [InlineData("-H Accept:")]
    [InlineData("-I")]
    public async Task The_options_that_curl_has_too_do_the_same(string options)
    {
        Programs.Require("curl");
        await using var server = await RawWebServer.StartAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await using var curl = RunningProgram.Start(
            "curl", ["-s", "-o", "/dev/null", "-A", "switchboard", server.Url + "x?y", .. options.Split(' ')]);
        Assert.Equal(0, await curl.ExitAsync());

        await using var run = await CommandRun.RunAsync(["fetch", server.Url + "x?y", .. options.Split(' ')]);

        Assert.Equal(0, await run.Exit);
        Assert.Equal(Normal(server.Requests[0]), Normal(server.Requests[1]));
    }

    /// <summary>Headers in an order of our own, and their names in small letters: neither means anything.</summary>
    private static string Normal(string request)
    {
        var (head, body) = (request.Split("\r\n\r\n")[0], request.Split("\r\n\r\n")[1]);
        var headers = head.Split("\r\n")[1..].Select(line => line.Split(':', 2))
            .Select(parts => $"{parts[0].ToLowerInvariant()}:{parts[1].Trim()}").Order();
        return string.Join('\n', [head.Split("\r\n")[0], .. headers, body]);
    }
}
