using System.Text;
using System.Text.Json;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Serving;

/// <summary>What a page is told, and what it can do.</summary>
public sealed class LivePageTests
{
    [Fact]
    public async Task Connections_of_this_process_are_shown_with_what_they_did()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await EchoAsync();
        await using var near = await Connection.ConnectAsync(server.Local);
        await near.SendAsync("hello"u8.ToArray());
        await near.ReceiveExactlyAsync(new byte[5]).Soon();
        using var page = await board.OpenPageAsync();

        var row = await FindAsync(page, near.Local, near.Remote);

        Assert.Equal("ESTABLISHED", row.GetProperty("state").GetString());
        Assert.Equal(5, row.GetProperty("received").GetInt64());
        Assert.Equal(5, row.GetProperty("sent").GetInt64());
        Assert.Equal(near.Id, row.GetProperty("connection").GetInt64());
        Assert.True(row.GetProperty("exact").GetBoolean());
        Assert.Contains(
            $"(pid {Environment.ProcessId})", row.GetProperty("process").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_is_shown_with_its_limits_and_its_connections()
    {
        await using var board = await BoardRun.StartAsync(new BoardOptions
        {
            Listen = new TcpEndpoint("127.0.0.1", 0),
            NameOf = static at => at is TcpEndpoint ? "mirror" : null,
        });
        await using var server = await EchoAsync();
        await using var near = await Connection.ConnectAsync(server.Local);
        await near.SendAsync("x"u8.ToArray());
        await near.ReceiveExactlyAsync(new byte[1]).Soon();
        using var page = await board.OpenPageAsync();

        var found = default(JsonElement);
        await page.ReceiveUntilAsync("look", look => look.TryGetProperty("listeners", out var listeners)
            && listeners.EnumerateArray().Any(one =>
            {
                found = one;
                return one.GetProperty("local").GetString() == $"{server.Local}";
            }));

        Assert.Equal("mirror", found.GetProperty("name").GetString());
        Assert.Equal(1, found.GetProperty("open").GetInt32());
        Assert.Equal(20_000, found.GetProperty("maxOpen").GetInt32());
        Assert.True(found.GetProperty("own").GetBoolean());
    }

    [Fact]
    public async Task The_bytes_of_one_are_followed_as_lines_of_the_event_log()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await EchoAsync();
        await using var near = await Connection.ConnectAsync(server.Local);
        using var page = await board.OpenPageAsync();
        await FollowAsync(page, near.Local, near.Remote);

        await ExchangeAsync(near, "<b>one</b>");
        var sent = await page.ReceiveUntilAsync("sent");
        var received = await page.ReceiveUntilAsync("received");
        await near.SendAsync(new byte[] { 0xFF, 0x00 });
        var odd = await page.ReceiveUntilAsync("sent", told => told.TryGetProperty("base64", out _));

        Assert.Equal("<b>one</b>", sent.GetProperty("text").GetString());
        Assert.Equal(near.Id, received.GetProperty("connection").GetInt64());
        Assert.Equal("/wA=", odd.GetProperty("base64").GetString());
        Assert.Equal(2, odd.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public async Task One_that_is_wished_for_no_more_when_its_turn_comes_is_not_followed()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await EchoAsync();
        await using var near = await Connection.ConnectAsync(server.Local);
        using var page = await board.OpenPageAsync();
        var row = await FindAsync(page, near.Local, near.Remote);
        await page.SayAsync($$"""{"ask":"follow","n":{{row.GetProperty("n").GetInt64()}}}""");
        await page.SayAsync("""{"ask":"follow","n":0}""");
        await AskInVainAsync(page);

        await ExchangeAsync(near, "unseen");

        // What was heard of it would be told before the answer.
        var told = await AskInVainAsync(page);
        Assert.DoesNotContain("sent", told);
        Assert.DoesNotContain("received", told);
    }

    [Fact]
    public async Task One_that_is_accepted_long_after_the_kernel_has_it_is_shown_once()
    {
        await using var board = await BoardRun.StartAsync();
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0");
        using var page = await board.OpenPageAsync();
        await using var near = await Connection.ConnectAsync(listener.Local);
        await page.AskAsync($"""
            "search":":{((TcpEndpoint)listener.Local).Port}"
            """);
        await page.WaitAsync(() => page.Matching == 2);
        for (var looks = 0; looks < 5; looks++)
        {
            await page.ReceiveUntilAsync("look");
        }

        await using var far = await listener.AcceptAsync();
        await page.FindRowAsync(
            row => IsEndOf(row, far.Local, far.Remote) && row.TryGetProperty("connection", out _));

        Assert.Equal(2, page.Matching);
    }

    [Fact]
    public async Task Only_what_has_changed_is_told_again()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await EchoAsync();
        await using var near = await Connection.ConnectAsync(server.Local);
        using var page = await board.OpenPageAsync();
        var row = await FindAsync(page, server.Local, near.Local);
        var number = row.GetProperty("n").GetInt64();

        // Once nothing moves any more.
        await page.ReceiveUntilAsync("look", look => look.GetProperty("rows").GetArrayLength() == 0);
        await near.SendAsync("moved"u8.ToArray());
        await near.ReceiveExactlyAsync(new byte[5]).Soon();

        // A look may fall between the change of one end and that of the other, and show the bytes on their way.
        var told = new List<JsonElement>();
        await page.ReceiveUntilAsync("look", look =>
        {
            told.AddRange(look.GetProperty("rows").EnumerateArray());
            return told.Exists(one => one.GetProperty("n").GetInt64() == number
                && one.TryGetProperty("received", out var received) && received.GetInt64() == 5);
        });
        Assert.All(told, one => Assert.Contains(
            $":{((TcpEndpoint)near.Local).Port}", one.GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_finds_what_was_meant_and_the_window_moves()
    {
        await using var board = await BoardRun.StartAsync();
        await using var server = await EchoAsync();
        var peers = new List<Connection>();
        for (var count = 0; count < 30; count++)
        {
            peers.Add(await Connection.ConnectAsync(server.Local));
        }

        using var page = await board.OpenPageAsync();
        var port = ((TcpEndpoint)server.Local).Port;
        await page.AskAsync($"""
            "own":true,"search":":{port}","order":"oldest","first":50,"count":5
            """);

        // They are accepted one after the other, and the last ones may be missing at first.
        await page.WaitAsync(() => page.Matching == 60 && page.Order.Count == 5);

        Assert.Equal(50, page.First);
        peers.ForEach(peer => peer.Abort());
    }

    [Fact]
    public async Task Nothing_is_looked_at_while_no_page_is_open()
    {
        await using var board = await BoardRun.StartAsync();
        Assert.False(board.Server.IsWatching);
        using (var page = await board.OpenPageAsync())
        {
            await page.ReceiveUntilAsync("look");
            Assert.True(board.Server.IsWatching);
        }

        await Waiting.UntilAsync(() => !board.Server.IsWatching);
    }

    private static bool IsEndOf(JsonElement row, Endpoint local, Endpoint remote) =>
        row.GetProperty("local").GetString() == $"{local}" && row.GetProperty("remote").GetString() == $"{remote}";

    private static async Task<JsonElement> FindAsync(PageClient page, Endpoint local, Endpoint remote)
    {
        await page.AskAsync($"""
            "own":true,"search":"{remote}"
            """);
        return await page.FindRowAsync(row => IsEndOf(row, local, remote));
    }

    private static async Task FollowAsync(PageClient page, Endpoint local, Endpoint remote)
    {
        var row = await FindAsync(page, local, remote);
        await page.SayAsync($$"""{"ask":"follow","n":{{row.GetProperty("n").GetInt64()}}}""");
        await AskInVainAsync(page);
    }

    /// <summary>Asks for what cannot be: whatever was asked before is done when that is answered.</summary>
    /// <returns>The names of the events up to the answer.</returns>
    private static async Task<List<string>> AskInVainAsync(PageClient page)
    {
        var told = new List<string>();
        await page.SayAsync("""{"ask":"kick","n":0}""");
        await page.ReceiveUntilAsync(happened =>
        {
            told.Add(happened.GetProperty("event").GetString()!);
            return told[^1] == "kicked";
        });
        return told;
    }

    private static async Task ExchangeAsync(Connection connection, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await connection.SendAsync(bytes).Soon();
        await connection.ReceiveExactlyAsync(bytes).Soon();
    }

    // However long a test takes, nobody is let go for saying nothing.
    private static Task<Server> EchoAsync() => Server.StartAsync(
        "tcp://127.0.0.1:0",
        async (connection, stopping) =>
        {
            var buffer = new byte[1000];
            while (await connection.ReceiveAsync(buffer, stopping) is > 0 and var count)
            {
                await connection.SendAsync(buffer.AsMemory(0, count), stopping);
            }
        },
        new ServerOptions { Limits = new ServerLimits { IdleTimeout = Timeout.InfiniteTimeSpan } });
}
