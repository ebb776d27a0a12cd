using Microsoft.Playwright;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Tests;

/// <summary>A browser of somebody's own, with one page. Whoever starts it closes it.</summary>
internal sealed class OwnBrowser
{
    /// <summary>
    /// How long is waited, for the browser as well: a machine that is busy with much else is slow, and no less right.
    /// It is several times as long as a page waits at most before it tries to connect again.
    /// </summary>
    public const float PatienceMilliseconds = 180_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private OwnBrowser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.SetDefaultTimeout(PatienceMilliseconds);
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts one; skips the test that runs where there is none.</summary>
    /// <param name="isExpected">
    /// Says of an error that the browser logs, with its place behind it, whether the test is about it.
    /// </param>
    /// <param name="options">How the browser is set up; null for as it comes.</param>
    public static async Task<OwnBrowser> StartAsync(
        Predicate<string> isExpected, BrowserNewContextOptions? options = null)
    {
        Programs.Require("chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox"],
            Timeout = PatienceMilliseconds,
        });
        var browsing = await browser.NewContextAsync(options);
        var own = new OwnBrowser(playwright, browser, await browsing.NewPageAsync());
        own.Page.Console += (_, message) =>
        {
            var complaint = $"{message.Text} ({message.Location})";
            if (message.Type == "error" && !isExpected(complaint))
            {
                own.Complaints.Add(complaint);
            }
        };
        return own;
    }

    public async ValueTask CloseAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
