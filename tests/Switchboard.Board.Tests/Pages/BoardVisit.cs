using System.Globalization;
using Microsoft.Playwright;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Board.Tests.Pages;

/// <summary>Somebody with a browser of their own, at a board.</summary>
internal sealed class BoardVisit : IAsyncDisposable
{
    public const float PatienceMilliseconds = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BoardVisit(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.SetDefaultTimeout(PatienceMilliseconds);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            // That the server cannot be had is what some tests are about.
            if (message.Type == "error" && !message.Text.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal)
                && !message.Text.StartsWith("WebSocket connection", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints { get; } = [];

    public ILocator Rows => Page.Locator(".row");

    /// <summary>How many connections match, as the page says.</summary>
    public ILocator Matching => Page.Locator("#matching");

    public static async Task<BoardVisit> StartAsync(Uri url, BrowserNewContextOptions? options = null)
    {
        Programs.Require("chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var context = await browser.NewContextAsync(options);
        var visit = new BoardVisit(playwright, browser, await context.NewPageAsync());
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
        await Assertions.Expect(Matching).ToHaveTextAsync(
            string.Create(CultureInfo.InvariantCulture, $"{count:N0}"), new() { Timeout = PatienceMilliseconds });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
