using Microsoft.Playwright;
using Switchboard.Tests;

namespace Switchboard.Cli.Tests.WebFiles;

/// <summary>Somebody with a browser of their own, at a listing of files.</summary>
internal sealed class FilesVisit : IAsyncDisposable
{
    private readonly OwnBrowser _browser;

    private FilesVisit(OwnBrowser browser) => _browser = browser;

    public IPage Page => _browser.Page;

    /// <summary>What the browser found wrong: blocked styles, broken links, scripts that failed.</summary>
    public List<string> Complaints => _browser.Complaints;

    public static async Task<FilesVisit> StartAsync(Uri url)
    {
        // Each browser asks for an icon that nobody has promised.
        var browser = await OwnBrowser.StartAsync(
            static error => error.Contains("/favicon.ico", StringComparison.Ordinal));
        var visit = new FilesVisit(browser);
        await visit.Page.GotoAsync($"{url}");
        return visit;
    }

    public ValueTask DisposeAsync() => _browser.CloseAsync();
}
