using System.Net;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Serving;

/// <summary>Who gets to see the board, and who does not, whatever they try; and the board lives on.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task The_address_that_was_printed_opens_it_and_the_token_goes_into_a_cookie()
    {
        await using var board = await BoardRun.StartAsync();
        using var opening = await board.AskAsync(board.Url.PathAndQuery);

        Assert.Equal(HttpStatusCode.SeeOther, opening.StatusCode);
        Assert.Equal("/", opening.Headers.Location?.OriginalString);
        var cookie = Assert.Single(opening.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(board.Cookie, cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(await board.LivesAsync());
    }

    [Fact]
    public async Task Pages_may_run_no_code_but_their_own_and_be_part_of_no_other()
    {
        await using var board = await BoardRun.StartAsync();
        using var page = await board.AskAsync("/", ("Cookie", board.Cookie));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=wrong")]
    [InlineData("?token=0123456789abcdef0123456789abcdef")]
    [InlineData("?token=%00%ff&token=x")]
    public async Task Without_the_token_nothing_is_shown(string query)
    {
        await using var board = await BoardRun.StartAsync();
        foreach (var path in (string[])["/", "/main.js", "/live", "/no-such"])
        {
            using var answer = await board.AskAsync(path + query);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.True(await board.LivesAsync());
    }

    [Fact]
    public async Task The_token_of_another_board_opens_nothing()
    {
        await using var board = await BoardRun.StartAsync();
        await using var other = await BoardRun.StartAsync();
        var wrong = $"switchboard-board-{board.Port}={other.Server.Url!.Query["?token=".Length..]}";

        using var answer = await board.AskAsync("/", ("Cookie", wrong));
        using var asked = await board.AskAsync("/" + other.Server.Url.Query);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        Assert.Null(await board.OpenAsync(board.Origin, wrong));
        Assert.True(await board.LivesAsync());
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("://:::///\u00e9")]
    [InlineData("file:///etc/passwd")]
    public async Task Only_a_page_of_its_own_may_open_the_WebSocket(string? origin)
    {
        await using var board = await BoardRun.StartAsync();

        Assert.Null(await board.OpenAsync(origin, board.Cookie));
        using var own = await board.OpenPageAsync();
        await own.ReceiveUntilAsync("hello");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("169.254.169.254")]
    [InlineData("localhost.evil.example")]
    public async Task A_name_that_was_made_to_lead_here_is_refused(string host)
    {
        await using var board = await BoardRun.StartAsync();
        using var answer = await board.AskAsync("/", ("Host", host), ("Cookie", board.Cookie));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
        Assert.Null(await board.OpenAsync($"http://{host}", board.Cookie, host));
        Assert.True(await board.LivesAsync());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: \r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: [::1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: \u00ff\u00fe\u0001\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: \u0001=;;;==\u00ff\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: \u00ff\u00fe\r\nCookie: a\r\n\r\n")]
    [InlineData("GET /%ff%00?token=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("DELETE /live HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n")]
    [InlineData("garbage\r\n\r\n")]
    public async Task Malformed_requests_are_refused_and_harm_nothing(string request)
    {
        await using var board = await BoardRun.StartAsync();

        Assert.InRange(await board.AskRawAsync(request), 400, 421);
        Assert.True(await board.LivesAsync());
    }

    [Fact]
    public async Task Random_headers_are_refused_and_harm_nothing()
    {
        const int seed = 7350;
        var random = new Random(seed);
        await using var board = await BoardRun.StartAsync();
        for (var count = 0; count < 200; count++)
        {
            var length = random.Next(1, 200);
            var noise = new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(1, 256))]);
            noise = noise.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            var name = (string[])["Host", "Origin", "Cookie", "Sec-WebSocket-Key", "Accept-Encoding", noise];
            var request = $"GET / HTTP/1.1\r\nHost: localhost\r\n{name[random.Next(name.Length)]}: {noise}\r\n\r\n";
            Assert.True(await board.AskRawAsync(request) is 0 or (>= 400 and <= 421), $"seed {seed}, round {count}");
        }

        Assert.True(await board.LivesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"ask\":7}")]
    [InlineData("{\"ask\":\"view\",\"first\":-5,\"count\":1e99,\"search\":{},\"listener\":\"x\",\"selected\":1.5}")]
    [InlineData("{\"ask\":\"kick\",\"n\":123456789}")]
    [InlineData("{\"ask\":\"follow\",\"n\":-1}")]
    [InlineData("{\"ask\":\"view\",\"search\":\"\\ud800\"}")]
    public async Task Whatever_a_page_says_the_board_goes_on(string message)
    {
        await using var board = await BoardRun.StartAsync();
        using var page = await board.OpenPageAsync();
        await page.ReceiveUntilAsync("look");

        await page.SayAsync(message);

        await page.ReceiveUntilAsync("look");
        await page.ReceiveUntilAsync("look");
    }

    [Fact]
    public async Task A_message_that_does_not_end_closes_its_page_and_no_other()
    {
        await using var board = await BoardRun.StartAsync();
        using var page = await board.OpenPageAsync();
        using var other = await board.OpenPageAsync();

        await page.Socket.SendAsync(
            new byte[5000], System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: false, default).Soon();

        await EndsAsync(page);
        await other.ReceiveUntilAsync("look");
    }

    private static async Task EndsAsync(PageClient page)
    {
        try
        {
            while (await page.ReceiveAsync() is not null)
            {
            }
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // It may also just be gone.
        }
    }
}
