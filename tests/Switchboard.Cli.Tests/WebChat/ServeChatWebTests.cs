using System.Net.WebSockets;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Tests.Interop;
using Switchboard.Tests.Connections;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary><c>serve chat --web</c>.</summary>
public sealed class ServeChatWebTests
{
    private static readonly string[] Files = ["/", "/main.js", "/style.css", "/colors.css", "/icon.svg"];

    [Fact]
    public async Task The_page_is_another_way_into_the_same_chat_and_stops_with_it()
    {
        await using var run = CommandRun.Start(
            "serve", "chat", "127.0.0.1:0", "--database", "memory:", "--json", "--web=127.0.0.1:0");
        var page = new Uri(await UrlOfAsync(run));
        using var client = await WebSocketClient.ConnectAsync(
            page.Port, options => options.AddSubProtocol("text.ircv3.net"));
        await client.SendAsync("NICK ann");
        await client.SendAsync("USER ann 0 * :ann");

        Assert.Equal("ann", (await run.WaitForEventAsync("arrived")).GetProperty("nick").GetString());
        run.Interrupt();

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, (await client.ReceiveCloseAsync()).Status);
        Assert.Equal(ExitCode.Done, await run.Exit);
    }

    [Fact]
    public async Task Its_files_come_with_a_policy_and_only_when_they_have_changed()
    {
        await using var chat = await ChatRun.StartAsync();
        using var client = new HttpClient { BaseAddress = chat.Url };

        foreach (var path in Files)
        {
            using var answer = await client.GetAsync(new Uri(chat.Url, path)).Soon();
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await client.SendAsync(again).Soon();

            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(304, (int)unchanged.StatusCode);
        }
    }

    [Fact]
    public async Task All_of_the_page_is_small()
    {
        await using var chat = await ChatRun.StartAsync();
        using var client = new HttpClient { BaseAddress = chat.Url };
        var bytes = 0;
        foreach (var path in Switchboard.Cli.WebChat.ChatSite.PageFiles.Keys)
        {
            bytes += (await client.GetByteArrayAsync(new Uri(chat.Url, path)).Soon()).Length;
        }

        Assert.InRange(bytes, 1, 100 * 1024);
    }

    [Theory]
    [InlineData("POST", "/", 405)]
    [InlineData("GET", "/index.html", 404)]
    [InlineData("GET", "/../Program.cs", 404)]
    [InlineData("GET", "/irc", 426)]
    public async Task What_is_not_there_is_refused(string method, string path, int status)
    {
        await using var chat = await ChatRun.StartAsync();
        using var client = new HttpClient { BaseAddress = chat.Url };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request).Soon();

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_page_has_the_TLS_of_the_chat()
    {
        using var files = new TlsFolder();
        await using var run = CommandRun.Start(
            "serve", "chat", "localhost:0", "--database", "memory:", "--json", "--web=localhost:0",
            "--tls", "--cert", files.Certificate, "--key", files.Key);
        var page = new Uri(await UrlOfAsync(run));

        await using var fetch = await CommandRun.RunAsync("fetch", $"{page}", "--ca", files.Authority);

        Assert.Equal("https", page.Scheme);
        Assert.Equal(ExitCode.Done, await fetch.Exit);
        Assert.Contains("<!doctype html>", fetch.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_talks_over_TLS_and_HTTP_2()
    {
        await using var run = CommandRun.Start(
            "serve", "chat", "127.0.0.1:0", "--database", "memory:", "--json", "--web=127.0.0.1:0",
            "--tls", "--self-signed");
        await using var ann = await ChatVisit.StartAsync(
            new Uri(await UrlOfAsync(run)), new() { IgnoreHTTPSErrors = true });

        await ann.ComeInAsync("ann", "#tea");
        await ann.SayAsync("over TLS");

        await ann.WaitForMessageAsync("over TLS");
        Assert.Equal("h2", await ann.Page.EvaluateAsync<string>(
            "performance.getEntriesByType('navigation')[0].nextHopProtocol"));
        Assert.Empty(ann.Complaints);
    }

    [Theory]
    [InlineData("udp://127.0.0.1:0", "takes datagrams")]
    [InlineData("tls://127.0.0.1:0", "there is no certificate")]
    public async Task Where_no_browser_gets_to_is_refused(string endpoint, string reason)
    {
        await using var run = await CommandRun.RunAsync(
            "serve", "chat", "127.0.0.1:0", "--database", "memory:", $"--web={endpoint}");

        Assert.Equal(ExitCode.Usage, await run.Exit);
        Assert.Contains(reason, run.Error.Text, StringComparison.Ordinal);
    }

    private static async Task<string> UrlOfAsync(CommandRun run) =>
        System.Text.Json.JsonDocument.Parse(await run.Output.WaitForLineAsync("\"service\":\"chat-page\""))
            .RootElement.GetProperty("url").GetString()!;
}
