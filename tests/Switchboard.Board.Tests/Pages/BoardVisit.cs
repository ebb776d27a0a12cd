using System.Globalization;
using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Board.Tests.Pages;

/// <summary>Somebody with a browser of their own, at a board.</summary>
internal sealed class BoardVisit : IAsyncDisposable
{
    private readonly OwnBrowser _browser;

    private BoardVisit(OwnBrowser browser) => _browser = browser;

    public IPage Page => _browser.Page;

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints => _browser.Complaints;

    public ILocator Rows => Page.Locator(".row");

    /// <summary>How many connections match, as the page says.</summary>
    public ILocator Matching => Page.Locator("#matching");

    public static async Task<BoardVisit> StartAsync(Uri url, BrowserNewContextOptions? options = null)
    {
        // That the server cannot be had is what some tests are about.
        var browser = await OwnBrowser.StartAsync(
            static error => error.Contains("net::ERR_CONNECTION_", StringComparison.Ordinal)
                || error.Contains("net::ERR_EMPTY_RESPONSE", StringComparison.Ordinal)
                || error.StartsWith("WebSocket connection", StringComparison.Ordinal),
            options);
        var visit = new BoardVisit(browser);
        await visit.Page.GotoAsync($"{url}");
        await visit.WaitForStateAsync("Live");
        return visit;
    }

    public Task WaitForStateAsync(string state) =>
        Page.Locator("#live-text", new() { HasText = state }).WaitForAsync();

    /// <summary>Shows the connections of this program alone.</summary>
    public async Task ShowOwnAsync()
    {
        await Page.Locator("[data-own=true]").ClickAsync();
        await Page.Locator("[data-own=true][aria-pressed=true]").WaitForAsync();
    }

    /// <summary>Looks for connections with these words, and waits until so many are found.</summary>
    public async Task SearchAsync(string words, int count)
    {
        await Page.Locator("#search").FillAsync(words);
        await WaitForAnswerAsync();
        await Assertions.Expect(Matching).ToHaveTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0}"),
            new() { Timeout = OwnBrowser.PatienceMilliseconds });
    }

    /// <summary>
    /// Waits until the page shows what it was asked for last: before, as many others may be there by chance.
    /// </summary>
    public Task WaitForAnswerAsync() => Page.Locator("#grid[aria-busy=false]").WaitForAsync();

    public ValueTask DisposeAsync() => _browser.CloseAsync();
}
