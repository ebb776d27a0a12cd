namespace Switchboard.Board.Tests.Pages;

/// <summary>What comes to a browser before anybody can look at the board.</summary>
[Collection(Alone.Name)]
public sealed class PageWeightTests
{
    private const int Many = 1000;
    private const int MostBytes = 200 * 1024;

    [Fact]
    public async Task What_the_page_needs_before_it_can_be_used_is_small()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(Many);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.Rows.First.WaitForAsync();
        var files = await visit.Page.EvaluateAsync<long>(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
            + ".reduce((sum, each) => sum + each.transferSize, 0)");

        // The first look of all: later ones tell what else has ended on this machine meanwhile.
        await using var fresh = await BoardRun.StartAsync();
        using var page = await fresh.OpenPageAsync();
        await page.ReceiveUntilAsync("look");

        Assert.InRange(files + page.Bytes, 1, MostBytes);
    }
}
