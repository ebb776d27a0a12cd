using System.Text;
using Microsoft.Playwright;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Pages;

/// <summary>What people see and do at the board, with real browsers.</summary>
public sealed class BoardPageTests
{
    private const int Many = 1000;

    [Fact]
    public async Task A_thousand_connections_are_all_there_and_few_of_them_are_elements()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(Many);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{crowd.Port}", 2 * Many);

        Assert.InRange(await visit.Rows.CountAsync(), 5, 100);
        await visit.Page.Locator("#scroll").EvaluateAsync("each => each.scrollTop = each.scrollHeight");
        await visit.Page.Locator($".row[aria-rowindex='{2 * Many + 1}']").WaitForAsync();
        Assert.InRange(await visit.Rows.CountAsync(), 5, 100);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Bytes_are_followed_in_two_ways_and_never_become_markup()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(1);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await ChooseAsync(visit, $"{crowd.Peers[0].Local}", crowd.Port);
        await visit.Page.GetByText("Nothing has come or gone since you look.").First.WaitForAsync();

        // The page's wish to follow is obeyed soon, and nothing on it tells when.
        var markup = "<img src=x onerror=document.title='broken'><b>bold</b>\n";
        var received = visit.Page.Locator(".piece.in pre");
        await RepeatUntilAsync(() => crowd.SayAsync(0, Encoding.UTF8.GetBytes(markup)), received);

        Assert.Contains(markup.Trim(), await received.First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator(".piece b, .piece img").CountAsync());
        Assert.NotEqual("broken", await visit.Page.TitleAsync());

        await visit.Page.Locator("#form").SelectOptionAsync("hex");
        await visit.Page.Locator(".piece.out pre", new() { HasText = "3c 69 6d 67" }).First.WaitForAsync();
        await visit.Page.Locator("#form").SelectOptionAsync("frames");
        await visit.Page.Locator(".piece .mark", new() { HasText = "␊" }).First.WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Calls_and_the_kernels_state_are_shown_and_one_can_be_kicked()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(1);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await ChooseAsync(visit, $"{crowd.Peers[0].Local}", crowd.Port);

        await visit.Page.Locator("#tab-calls").ClickAsync();
        await RepeatUntilAsync(
            () => crowd.SayAsync(0, "hello"u8.ToArray()),
            visit.Page.Locator(".call code", new() { HasText = "send(5)" }));
        await visit.Page.Locator(".call.open", new() { HasText = "receive(up to 4,096)" }).WaitForAsync();
        await visit.Page.Locator("#tab-kernel").ClickAsync();
        await visit.Page.Locator("#kernel dt", new() { HasText = "Segments under way at most" }).WaitForAsync();

        await visit.Page.Locator("#kick").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Reset it" })
            .ClickAsync();
        await Assert.ThrowsAsync<ConnectionResetException>(
            async () => await crowd.Peers[0].ReceiveAsync(new byte[1]).Soon());
        await visit.Page.Locator(".ended .failed", new() { HasText = "reset by" }).First.WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_page_comes_back_when_the_board_was_started_anew()
    {
        const string Token = "0123456789abcdef0123456789abcdef";
        var at = new TcpEndpoint("127.0.0.1", FreePort.Next());
        var board = await BoardRun.StartAsync(new BoardOptions { Listen = at, Token = Token });
        await using var crowd = await Crowd.GatherAsync(3);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await ChooseAsync(visit, $"{crowd.Peers[0].Local}", crowd.Port);

        await board.DisposeAsync();
        await visit.WaitForStateAsync("Connection lost");
        board = await BoardRun.StartAsync(new BoardOptions { Listen = at, Token = Token });
        await visit.WaitForStateAsync("Live");

        // What was chosen had a number that is another connection's now.
        await visit.Page.Locator("#detail").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // It observes from now on: what is connected anew is known in full.
        await using var more = await Crowd.GatherAsync(3);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{more.Port}", 6);
        await board.DisposeAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_page_with_the_token_of_before_is_told_what_to_do()
    {
        var at = new TcpEndpoint("127.0.0.1", FreePort.Next());
        var board = await BoardRun.StartAsync(new BoardOptions { Listen = at });
        await using var visit = await BoardVisit.StartAsync(board.Url);

        await board.DisposeAsync();
        await visit.WaitForStateAsync("Connection lost");
        await using var anew = await BoardRun.StartAsync(new BoardOptions { Listen = at });

        await visit.WaitForStateAsync("Started anew: open the address that it printed");
    }

    [Fact]
    public async Task What_happens_while_the_page_is_held_still_is_there_when_it_goes_on()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(2);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{crowd.Port}", 4);
        await visit.Page.Locator("#pause").ClickAsync();

        // A second page is told of them, and so was the first one, which shows nothing of it.
        await crowd.AddAsync(1);
        await using var other = await BoardVisit.StartAsync(board.Url);
        await other.ShowOwnAsync();
        await other.SearchAsync($":{crowd.Port}", 6);
        Assert.Equal("4", await visit.Matching.TextContentAsync());
        await visit.Page.Locator("#pause").ClickAsync();

        await Assertions.Expect(visit.Matching).ToHaveTextAsync(
            "6", new() { Timeout = OwnBrowser.PatienceMilliseconds });
        await Assertions.Expect(visit.Rows).ToHaveCountAsync(6, new() { Timeout = OwnBrowser.PatienceMilliseconds });
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Two_browsers_see_the_same_each_in_its_own_way()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(20);
        await using var one = await BoardVisit.StartAsync(board.Url);
        await using var other = await BoardVisit.StartAsync(board.Url);
        await one.ShowOwnAsync();
        await one.SearchAsync($":{crowd.Port}", 40);
        await other.ShowOwnAsync();
        await ChooseAsync(other, $"{crowd.Peers[3].Local}", crowd.Port);
        await ChooseAsync(one, $"{crowd.Peers[3].Local}", crowd.Port);

        await RepeatUntilAsync(
            () => crowd.SayAsync(3, "to both"u8.ToArray()),
            one.Page.Locator(".piece.in", new() { HasText = "to both" }),
            other.Page.Locator(".piece.in", new() { HasText = "to both" }));

        Assert.Empty(one.Complaints.Concat(other.Complaints));
    }

    [Fact]
    public async Task What_is_seen_becomes_one_file_that_needs_nothing_else()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(100);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{crowd.Port}", 200);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator("#export").ClickAsync());
        var html = await File.ReadAllTextAsync(await download.PathAsync());

        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(crowd.Peers, peer => Assert.Contains(
            $"{peer.Local}"["tcp://".Length..], html, StringComparison.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_file_saved_while_a_search_is_typed_holds_what_is_searched_for()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(100);
        await using var others = await Crowd.GatherAsync(10);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{others.Port}", 20);

        await visit.Page.Locator("#search").FillAsync($":{crowd.Port}");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator("#export").ClickAsync());
        var html = await File.ReadAllTextAsync(await download.PathAsync());

        Assert.Contains("200 of 200 sockets.", html, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    /// <summary>Selects the end here of a peer's connection.</summary>
    private static async Task ChooseAsync(BoardVisit visit, string remote, int port)
    {
        await visit.ShowOwnAsync();
        var peer = remote["tcp://".Length..];
        await visit.SearchAsync($"{peer} :{port}", 2);
        await visit.Rows.Filter(new() { Has = visit.Page.Locator(".peer", new() { HasText = peer }) }).ClickAsync();
        await visit.Page.Locator("#detail-title", new() { HasText = $":{port} →" }).WaitForAsync();
    }

    private static async Task RepeatUntilAsync(Func<Task> act, params ILocator[] seen)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        foreach (var one in seen)
        {
            while (await one.CountAsync() == 0)
            {
                Assert.False(patience.IsCancellationRequested, $"Still not seen: {one}");
                await act();
                await one.First.WaitForAsync(new() { Timeout = 1000 })
                    .ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }
}
