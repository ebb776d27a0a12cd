using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Board.Tests.Lab;

/// <summary>A lab and a browser, for many visits.</summary>
public sealed class LabBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _shared;
    private BoardServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Chromium))
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(OwnBrowser.PatienceMilliseconds);
        _server = await BoardServer.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium, Args = ["--no-sandbox"], Timeout = OwnBrowser.PatienceMilliseconds });
        _shared = await _browser.NewContextAsync();
    }

    /// <summary>Somebody at a lesson, with what its beginning makes made.</summary>
    internal async Task<LabVisitor> OpenAsync(string lesson, BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");
        Assert.SkipUnless(_browser is not null, "chromium is not installed.");

        // Whoever needs nothing special finds the files of the page in the browser already.
        var browsing = options is null ? _shared! : await _browser!.NewContextAsync(options);
        var visit = new LabVisitor(await browsing.NewPageAsync());
        visit.Page.SetDefaultTimeout(OwnBrowser.PatienceMilliseconds);
        await visit.Page.GotoAsync($"{_server!.UrlOf("/lab/")}#{lesson}");
        await visit.WaitForCallsAsync(Board.Lessons.LessonFiles.Find(lesson)!.Prepared);
        await visit.WaitUntilReadyAsync();
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
