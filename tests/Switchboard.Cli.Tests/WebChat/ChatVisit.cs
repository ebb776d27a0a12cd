using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>Somebody with a browser of their own, at the page of a chat.</summary>
internal sealed class ChatVisit : IAsyncDisposable
{
    private readonly OwnBrowser _browser;

    private ChatVisit(OwnBrowser browser) => _browser = browser;

    public IPage Page => _browser.Page;

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints => _browser.Complaints;

    public ILocator Text => Page.GetByRole(AriaRole.Textbox, new() { NameString = "Message to" });

    public ILocator Messages => Page.Locator(".log:not([hidden]) .message");

    public static async Task<ChatVisit> StartAsync(Uri url, BrowserNewContextOptions? options = null)
    {
        // That a connection cannot be had is what some tests are about.
        var browser = await OwnBrowser.StartAsync(
            static error => error.StartsWith("WebSocket connection", StringComparison.Ordinal), options);
        var visit = new ChatVisit(browser);
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
        Page.Locator("#state-text", new() { HasTextRegex = new Regex($"^{state}") }).WaitForAsync();

    public ValueTask DisposeAsync() => _browser.CloseAsync();
}
