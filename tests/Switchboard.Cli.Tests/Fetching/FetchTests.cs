using System.Text;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class FetchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_body_goes_to_standard_output_byte_for_byte_and_nothing_else()
    {
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok("a\0\u00FF\r\nb"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(0, await run.Exit);
        Assert.Equal("a\0\u00FF\r\nb"u8.ToArray().Length - 1, run.Output.ToArray().Length);
        Assert.Equal(Encoding.Latin1.GetBytes("a\0\u00FF\r\nb"), run.Output.ToArray());
        Assert.Equal("", run.Error.Text);
    }

    [Fact]
    public async Task A_request_is_plain_and_asks_for_no_compression()
    {
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(""));

        await using var run = await CommandRun.RunAsync("fetch", $"127.0.0.1:{server.Port}/a?b=c#d");

        Assert.Equal(
            $"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nUser-Agent: switchboard\r\nAccept: */*\r\n\r\n",
            Assert.Single(server.Requests));
    }

    [Fact]
    public async Task The_headers_of_the_answer_are_shown_when_asked_for()
    {
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok("body", "X-One: 1\r\nX-One: 2\r\n"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "-i");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", run.Output.Text, StringComparison.Ordinal);
        Assert.Contains("X-One: 1\r\nX-One: 2\r\n", run.Output.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nbody", run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_server_is_shown_and_has_an_exit_code_of_its_own()
    {
        await using var server = await RawWebServer.StartAsync(
            "HTTP/1.1 404 Not Here\r\nContent-Length: 4\r\n\r\nsad\n");

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(8, await run.Exit);
        Assert.Equal("sad\n", run.Output.Text);
        Assert.Equal($"error: {server.Url} answered 404 Not Here.", run.Error.Lines[0]);
    }

    [Fact]
    public async Task Programs_are_told_each_step()
    {
        await using var server = await RawWebServer.StartAsync(request =>
            request.StartsWith("GET / ", StringComparison.Ordinal)
                ? RawWebServer.Redirect(302, "/next")
                : RawWebServer.Ok("hello", "ETag: \"x\"\r\n"));

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--json");

        Assert.Equal(0, await run.Exit);
        Assert.Equal(302, (await run.WaitForEventAsync("response")).GetProperty("status").GetInt32());
        Assert.Equal(server.Url + "next", (await run.WaitForEventAsync("redirected")).GetProperty("to").GetString());
        Assert.Equal("hello", (await run.WaitForEventAsync("received")).GetProperty("text").GetString());
        Assert.Equal(5, (await run.WaitForEventAsync("ended")).GetProperty("bytes").GetInt32());
    }

    [Fact]
    public async Task A_server_at_a_unix_socket_is_named_beside_the_URL()
    {
        var at = $"unix:{_folder.Path}/web.sock";
        await using var server = await RawWebServer.StartAsync(_ => RawWebServer.Ok("local"), at);

        await using var run = await CommandRun.RunAsync("fetch", "http://app.example/x", "--at", at);

        Assert.Equal("local", run.Output.Text);
        Assert.Contains("\r\nHost: app.example\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=1&b=2", "POST", "a=1&b=2")]
    [InlineData("@form.txt", "POST", "from\nfile")]
    [InlineData("@-", "POST", "")]
    public async Task Data_are_posted_as_they_are(string data, string method, string body)
    {
        _folder.Write("form.txt", "from\nfile");
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(""));

        await using var run = CommandRun.StartIn(
            world => world with { Folder = _folder.Path }, "fetch", server.Url, "-d", data);

        Assert.Equal(0, await run.Exit);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"{method} / HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/x-www-form-urlencoded\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith($"\r\n\r\n{body}", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_take_the_place_of_the_usual_ones_or_leave_them_out()
    {
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(""));

        await using var run = await CommandRun.RunAsync(
            "fetch", server.Url, "-X", "PUT", "-d", "{}", "-H", "content-type: application/json", "-H", "User-Agent:",
            "-H", "X-Two: 1", "-H", "X-Two: 2", "-H", "Host: other");

        Assert.Equal(0, await run.Exit);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("PUT / HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nHost: other\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("User-Agent", request, StringComparison.Ordinal);
        Assert.Contains("X-Two: 1, 2\r\n", request, StringComparison.Ordinal);
        Assert.Contains("ontent-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("urlencoded", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_read_from_a_file()
    {
        _folder.Write("login", "alice:s3cret\n");
        await using var server = await RawWebServer.StartAsync(RawWebServer.Ok(""));

        await using var run = CommandRun.StartIn(
            world => world with { Folder = _folder.Path }, "fetch", server.Url, "--login", "login");

        Assert.Equal(0, await run.Exit);
        Assert.Contains(
            "\r\nAuthorization: Basic YWxpY2U6czNjcmV0\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_passes_is_shown_with_control_bytes_made_visible_and_the_payload_stays_pure()
    {
        await using var server = await RawWebServer.StartAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\e[2\r\n0\r\n\r\n");

        await using var run = await CommandRun.RunAsync("fetch", server.Url, "--raw");

        Assert.Equal("\e[2", run.Output.Text);
        Assert.Equal(
            [
                @"> GET / HTTP/1.1\r\n", $@"> Host: 127.0.0.1:{server.Port}\r\n", @"> User-Agent: switchboard\r\n",
                @"> Accept: */*\r\n", @"> \r\n",
                @"< HTTP/1.1 200 OK\r\n", @"< Transfer-Encoding: chunked\r\n", @"< \r\n",
                @"< 3\r\n", @"< \e[2\r\n", @"< 0\r\n", @"< \r\n",
            ],
            run.Error.Lines);
    }

    [Theory]
    [InlineData("--continue", "goes on with a file")]
    [InlineData("-o x -i", "has no place in a file")]
    [InlineData("-o x --continue --compressed", "exclude each other")]
    [InlineData("-o x --continue -d a", "only asked for")]
    [InlineData("-X G@T", "no method of HTTP")]
    [InlineData("-H nonsense", "is no header")]
    [InlineData("-H Content-Length:3", "written by fetch itself")]
    [InlineData("--pin 12", "64 hex digits")]
    [InlineData("--insecure", "--insecure does nothing without TLS")]
    [InlineData("--login /nowhere", "cannot be used")]
    [InlineData("--at udp://localhost:1", "needs a stream")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_done(string options, string problem)
    {
        await using var run = await CommandRun.RunAsync(["fetch", "http://localhost:1/", .. options.Split(' ')]);

        Assert.Equal(2, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }
}
