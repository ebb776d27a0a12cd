using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Board.Tests.Pages;

/// <summary>
/// The board's page that hears nothing from its server: a test tells its parts what the server would, when it wants to,
/// and hears what they want.
/// </summary>
internal sealed class PageAlone : IAsyncDisposable
{
    private const string Script =
        """
        import { Detail } from "/detail.js";
        import { Listeners, Warnings } from "/side.js";
        import { Table } from "/table.js";
        window.chosen = [];
        window.said = [];
        window.table = new Table({ scrolled: () => {}, chosen: (n) => window.chosen.push(n) });
        window.listeners = new Listeners(() => {});
        window.warnings = new Warnings(() => {});
        window.detail = new Detail({ say: (wish) => window.said.push(wish), closed: () => {} });
        """;

    private readonly OwnBrowser _browser;

    private PageAlone(OwnBrowser browser) => _browser = browser;

    public IPage Page => _browser.Page;

    /// <summary>Opens the page of a board.</summary>
    public static async Task<PageAlone> StartAsync(Uri url)
    {
        var browser = await OwnBrowser.StartAsync(static _ => false, new()
        {
            ViewportSize = new() { Width = 1400, Height = 900 },
        });
        var page = new PageAlone(browser);
        await page.Page.RouteAsync("**/main.js", static route => route.FulfillAsync(
            new() { ContentType = "text/javascript", Body = Script }));
        await page.Page.GotoAsync($"{url}");
        await page.Page.WaitForFunctionAsync("window.detail !== undefined");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_browser.Complaints);
        await _browser.CloseAsync();
    }
}
