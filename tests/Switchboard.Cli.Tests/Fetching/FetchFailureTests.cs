using System.Runtime.InteropServices;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class FetchFailureTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "abc", "was cut off")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "abc", "was cut off")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "abc", "was cut off")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", "", "not answered in HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "", "not answered in HTTP/1.1")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "", "not answered in HTTP/1.1")]
    [InlineData("HTTP/1.1 2xx OK\r\n\r\n", "", "not answered in HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "", "was cut off")]
    [InlineData("", "", "was cut off")]
    public async Task An_answer_that_is_cut_off_or_malformed_is_a_failure_that_keeps_what_came(
        string answer, string body, string problem)
    {
        await using var server = await RawWebServer.StartAsync(answer);

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(1, await run.Exit);
        Assert.Equal(body, run.Output.Text);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_is_told_apart_from_an_end()
    {
        await using var server = await RawWebServer.StartAsync(
            $"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc{RawWebServer.Crash}");

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(1, await run.Exit);
        Assert.Contains("broke the connection", run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_a_length_ends_with_the_connection()
    {
        await using var server = await RawWebServer.StartAsync("HTTP/1.0 200 OK\r\n\r\nall of it");

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(0, await run.Exit);
        Assert.Equal("all of it", run.Output.Text);
    }

    [Fact]
    public async Task Headers_without_an_end_are_refused_before_they_fill_memory()
    {
        var headers = string.Concat(Enumerable.Range(0, 2000).Select(n => $"X-{n}: {new string('x', 100)}\r\n"));
        await using var server = await RawWebServer.StartAsync($"HTTP/1.1 200 OK\r\n{headers}\r\n");

        await using var run = await CommandRun.RunAsync("fetch", server.Url);

        Assert.Equal(1, await run.Exit);
        Assert.Contains("answered with too many headers", run.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--idle", "nothing passed between")]
    [InlineData("--max-time", "took longer than 100ms")]
    public async Task A_server_that_says_nothing_is_not_waited_for_for_ever(string limit, string problem)
    {
        await using var server = await RawWebServer.StartAsync(
            $"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc{RawWebServer.Silence}");

        await using var run = await CommandRun.RunAsync("fetch", server.Url, limit, "100ms");

        Assert.Equal(4, await run.Exit);
        Assert.Contains(problem, run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_cuts_it_short_without_an_error()
    {
        await using var server = await RawWebServer.StartAsync(
            $"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc{RawWebServer.Silence}");
        await using var run = CommandRun.Start("fetch", server.Url);
        await run.Output.WaitForAsync("abc");

        run.Raise(PosixSignal.SIGINT);

        Assert.Equal(130, await run.Exit);
        Assert.Equal("", run.Error.Text);
    }

    [Fact]
    public async Task A_refused_connection_is_told_as_everywhere()
    {
        await using var run = await CommandRun.RunAsync("fetch", "http://127.0.0.1:1/");

        Assert.Equal(3, await run.Exit);
        Assert.StartsWith("error: tcp://127.0.0.1:1 refused the connection.", run.Error.Text, StringComparison.Ordinal);
    }
}
