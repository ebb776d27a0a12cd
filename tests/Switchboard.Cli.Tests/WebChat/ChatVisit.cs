using Microsoft.Playwright;
using Switchboard.Cli.Tests.Processes;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>Somebody with a browser of their own, at the page of a chat.</summary>
internal sealed class ChatVisit : IAsyncDisposable
{
    /// <summary>Several times as long as the page waits at most before it tries to connect again.</summary>
    public const float PatienceMilliseconds = 180_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChatVisit(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            // That a connection cannot be had is what some tests are about.
            if (message.Type == "error" && !message.Text.StartsWith("WebSocket connection", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints { get; } = [];

    public ILocator Text => Page.GetByRole(AriaRole.Textbox, new() { NameString = "Message to" });

    public ILocator Messages => Page.Locator(".log:not([hidden]) .message");

    public static async Task<ChatVisit> StartAsync(Uri url, BrowserNewContextOptions? options = null)
    {
        Programs.Require("chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox"],
            Timeout = PatienceMilliseconds,
        });
        var context = await browser.NewContextAsync(options);
        var visit = new ChatVisit(playwright, browser, await context.NewPageAsync());
        visit.Page.SetDefaultTimeout(PatienceMilliseconds);
        await visit.Page.GotoAsync($"{url}");
        return visit;
    }

    /// <summary>A visitor who has come in.</summary>
    public static async Task<ChatVisit> StartAsync(Uri url, string nick, string room)
    {
        var visit = await StartAsync(url);
        await visit.ComeInAsync(nick, room);
        return visit;
    }

    public async Task ComeInAsync(string nick, string room)
    {
        await Page.Locator("#nick").FillAsync(nick);
        await Page.Locator("#first-room").FillAsync(room);
        await Page.Locator("#first-room").PressAsync("Enter");
        await WaitForRoomAsync(room);
    }

    public Task WaitForRoomAsync(string room) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = room, Exact = true }).WaitForAsync();

    public async Task SayAsync(string text)
    {
        await Text.FillAsync(text);
        await Text.PressAsync("Enter");
    }

    /// <summary>Waits for a message that has arrived, and is not on its way still.</summary>
    public Task WaitForMessageAsync(string text) =>
        Page.Locator(".log:not([hidden]) .message:not(.waits)", new() { HasText = text }).First.WaitForAsync();

    public Task WaitForStateAsync(string state) =>
        Page.Locator("#state-text", new() { HasText = state }).WaitForAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
