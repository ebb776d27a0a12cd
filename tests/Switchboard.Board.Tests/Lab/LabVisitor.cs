using Microsoft.Playwright;

namespace Switchboard.Board.Tests.Lab;

/// <summary>Somebody with a browser, and no mouse, at the lab.</summary>
internal sealed class LabVisitor : IAsyncDisposable
{
    // A machine that is busy with much else is slow, and no less right.
    private const float PatienceMilliseconds = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly BoardServer _server;

    private LabVisitor(IPlaywright playwright, IBrowser browser, BoardServer server, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        _server = server;
        Page = page;
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public IKeyboard Keys => Page.Keyboard;

    /// <summary>What the browser found wrong.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Where the lab is, without the token.</summary>
    public Uri Address => new(_server.Url!, "/lab/");

    public static async Task<LabVisitor> StartAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The lab makes the calls of Linux.");
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "chromium is not installed.");
        var server = await BoardServer.StartAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"] });
        var browsing = await browser.NewContextAsync(options);
        var visitor = new LabVisitor(playwright, browser, server, await browsing.NewPageAsync());
        visitor.Page.SetDefaultTimeout(PatienceMilliseconds);
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        return visitor;
    }

    /// <summary>Opens the lab, as the address that is printed does it.</summary>
    public async Task OpenAsync(string lesson)
    {
        await Page.GotoAsync($"{_server.UrlOf("/lab/")}#{lesson}");
        await Assertions.Expect(Page.Locator("#progress")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+ of"));
    }

    /// <summary>How many calls were made, as the page says.</summary>
    public async Task<int> CallsAsync()
    {
        var text = await Page.Locator("#progress").TextContentAsync() ?? "";
        return int.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _server.DisposeAsync();
    }
}
