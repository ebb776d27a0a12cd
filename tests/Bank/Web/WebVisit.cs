using Microsoft.Playwright;
using Switchboard.Tests;

namespace Bank.Tests.Web;

/// <summary>Somebody with a browser of their own, at the pages of a bank.</summary>
internal sealed class WebVisit : IAsyncDisposable
{
    private readonly WebRun _run;
    private readonly OwnBrowser _browser;

    private WebVisit(WebRun run, OwnBrowser browser) => (_run, _browser) = (run, browser);

    public IPage Page => _browser.Page;

    /// <summary>The rows of the statement that is shown.</summary>
    public ILocator Entries => Page.Locator("section:has(#entries) > table tbody tr");

    /// <summary>What the browser found wrong: blocked code or styles, scripts that failed.</summary>
    public List<string> Complaints => _browser.Complaints;

    public static async Task<WebVisit> StartAsync(WebRun run, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= $"{run.Url}";
        options.IgnoreHTTPSErrors = true;
        options.Locale ??= "en-GB";

        // A page that says what is wrong with a form has a status that says so, too.
        var browser = await OwnBrowser.StartAsync(
            static error => error.StartsWith("Failed to load", StringComparison.Ordinal), options);
        return new WebVisit(run, browser);
    }

    /// <summary>A visitor who has signed in.</summary>
    public static async Task<WebVisit> StartAsync(WebRun run, string name, BrowserNewContextOptions? options = null)
    {
        var visit = await StartAsync(run, options);
        await visit.Page.GotoAsync("/");
        await visit.SignInAsync(name);
        return visit;
    }

    /// <summary>The number as people type it.</summary>
    public static string Typed(string account) => string.Join(' ', account.Chunk(4).Select(part => new string(part)));

    /// <summary>Both steps, on the page that asks for them.</summary>
    public async Task SignInAsync(string name)
    {
        await TypePasswordAsync(name, OpenBank.Password);
        await Page.Locator("#code").FillAsync(_run.NextCode());
        await PressAsync("Sign in");
        await WaitForAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }));
    }

    public async Task TypePasswordAsync(string name, string password)
    {
        await Page.Locator("#name").FillAsync(name);
        await Page.Locator("#password").FillAsync(password);
        await PressAsync("Continue");
    }

    public Task SignOutAsync() => PressAsync("Sign out");

    public Task PressAsync(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Fills in the form of a payment to somebody whose number is typed.</summary>
    public async Task FillPaymentAsync(string to, string amount, string reference = "")
    {
        await Page.Locator("#to").SelectOptionAsync("other");
        await Page.Locator("#other").FillAsync(to);
        await Page.Locator("#amount").FillAsync(amount);
        await Page.Locator("#reference").FillAsync(reference);
    }

    /// <summary>As far as the page that asks whether all is right.</summary>
    public async Task ReviewAsync(string to, string amount, string reference = "")
    {
        await Page.GotoAsync("/transfer");
        await FillPaymentAsync(to, amount, reference);
        await PressAsync("Look at it before it is sent");
        await WaitForHeadingAsync("Is this right?");
    }

    /// <summary>
    /// Waits for what the next page alone has, and for all of that page: what stands behind it, and the script that
    /// moves the focus, come later.
    /// </summary>
    public async Task WaitForAsync(ILocator part)
    {
        await part.WaitForAsync();
        await Page.WaitForLoadStateAsync();
    }

    public Task WaitForHeadingAsync(string heading) =>
        WaitForAsync(Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }));

    public Task WaitForTextAsync(string text) => WaitForAsync(Page.GetByText(text));

    /// <summary>Waits until what is typed goes there: a browser moves the focus when it draws the page next.</summary>
    /// <param name="id">Of the element.</param>
    public Task WaitForFocusAsync(string id) => Page.Locator($"#{id}:focus").WaitForAsync();

    /// <summary>The rows of an account's statement, as text.</summary>
    public async Task<IReadOnlyList<string>> StatementAsync(string account)
    {
        await Page.GotoAsync($"/accounts/{account}");
        return [.. (await Entries.AllInnerTextsAsync()).Select(
            row => string.Join(' ', row.Split((char[])['\n', '\t'], StringSplitOptions.RemoveEmptyEntries)))];
    }

    public ValueTask DisposeAsync() => _browser.CloseAsync();
}
