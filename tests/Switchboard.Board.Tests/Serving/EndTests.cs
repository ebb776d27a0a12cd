using Switchboard.Board.Tests.Pages;
using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Serving;

/// <summary>What a page is told of ends, of which the last ones of the process are remembered.</summary>
[Collection(Alone.Name)]
public sealed class EndTests
{
    [Fact]
    public async Task One_that_is_kicked_is_reset_and_its_end_is_told()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(1);
        var near = crowd.Peers[0];
        using var page = await board.OpenPageAsync();
        await page.AskAsync($"""
            "own":true,"search":"{near.Local}"
            """);
        var row = await page.FindRowAsync(row => row.GetProperty("local").GetString() == $"{crowd.Server.Local}"
            && row.GetProperty("remote").GetString() == $"{near.Local}");

        await page.SayAsync($$"""{"ask":"kick","n":{{row.GetProperty("n").GetInt64()}}}""");

        await Assert.ThrowsAsync<ConnectionResetException>(async () => await near.ReceiveAsync(new byte[1]).Soon());
        var look = await page.ReceiveUntilAsync("look", look => look.TryGetProperty("ended", out var ended)
            && ended.EnumerateArray().Any(one => one.GetProperty("remote").GetString() == $"{near.Local}"));
        Assert.Contains("reset by this side", look.GetProperty("ended").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_the_connections_of_this_program_only_its_own_ends_are_shown()
    {
        using var other = await OtherProgram.ConnectAsync();
        var near = other.Near;
        var (here, there) = ($"tcp://{near.LocalEndPoint}", $"tcp://{near.RemoteEndPoint}");
        await using var board = await BoardRun.StartAsync();
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.SearchAsync($"{near.RemoteEndPoint}", 2);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($"{near.RemoteEndPoint}", 1);

        // A reset ends both at once, and what ends here is told last.
        near.Close(0);
        await visit.Page.Locator($"#ended [title='{here} → {there}']").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator($"#ended [title='{there} → {here}']").CountAsync());
        await other.Process.WaitForExitAsync().Soon();
        Assert.Empty(visit.Complaints);
    }
}
