using Microsoft.Playwright;

namespace Switchboard.Cli.Tests.WebFiles;

/// <summary>What a visitor sees and does with a real browser.</summary>
public sealed class BrowserTests
{
    private const int PhoneWidth = 360;

    public static TheoryData<string> Engines => OperatingSystem.IsLinux() ? ["epoll", "sockets"] : ["sockets"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_visitor_reads_a_file_and_enters_a_folder_by_keyboard(string engine)
    {
        await using var web = await WebRun.StartAsync("--engine", engine);
        web.Write("hello.txt", "Hello, browser!");
        web.Write("photos/<b>sea & sand.txt", "waves");
        await using var visit = await FilesVisit.StartAsync(web.Url);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "hello.txt" }).ClickAsync();
        await visit.Page.GetByText("Hello, browser!").WaitForAsync();

        await visit.Page.GotoAsync($"{web.Url}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "photos/" }).PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "<b>sea & sand.txt" }).WaitForAsync();
        Assert.EndsWith("/photos/", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_visitor_puts_a_file_there_by_the_form(string engine)
    {
        await using var web = await WebRun.StartAsync("--engine", engine, "--upload");
        await using var visit = await FilesVisit.StartAsync(web.Url);

        await visit.Page.GetByLabel("Put files here").SetInputFilesAsync(
            new FilePayload { Name = "new.txt", MimeType = "text/plain", Buffer = "uploaded"u8.ToArray() });
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "new.txt" }).WaitForAsync();
        Assert.Equal("uploaded", await File.ReadAllTextAsync(web.PathOf("new.txt")));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_page_is_dark_or_light_as_the_visitor_likes_and_fits_a_phone()
    {
        await using var web = await WebRun.StartAsync("--upload");
        web.Write($"{new string('a', 100)} a name that is long.txt", "");
        await using var visit = await FilesVisit.StartAsync(web.Url);
        await visit.Page.SetViewportSizeAsync(PhoneWidth, 640);

        var light = await BackgroundAsync(visit.Page, ColorScheme.Light);
        var dark = await BackgroundAsync(visit.Page, ColorScheme.Dark);

        Assert.NotEqual(light, dark);
        Assert.InRange(
            await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, PhoneWidth);
    }

    private static async Task<string> BackgroundAsync(IPage page, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        return await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }
}
