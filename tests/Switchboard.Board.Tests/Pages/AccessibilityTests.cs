using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Switchboard.Board.Tests.Pages;

/// <summary>The board can be used without a mouse, without seeing it, and without telling colours apart.</summary>
public sealed class AccessibilityTests
{
    private const int MostShown = 150;

    [Theory]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 1400)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing(ColorScheme scheme, int width)
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(10);
        await using var visit = await BoardVisit.StartAsync(board.Url, new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{crowd.Port}", 20);
        Assert.Equal("", await FindAsync(visit));

        await visit.Rows.First.ClickAsync();
        foreach (var tab in (string[])["bytes", "calls", "kernel"])
        {
            await visit.Page.Locator($"#tab-{tab}").ClickAsync();
            Assert.Equal("", await FindAsync(visit));
        }

        await visit.Page.Locator("#kick").ClickAsync();
        Assert.Equal("", await FindAsync(visit));
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var board = await BoardRun.StartAsync();
        await using var crowd = await Crowd.GatherAsync(60);
        await using var visit = await BoardVisit.StartAsync(board.Url);
        await visit.ShowOwnAsync();
        await visit.SearchAsync($":{crowd.Port}", 120);
        var keys = visit.Page.Keyboard;

        // From the search to the rows, and from the first of them to the last.
        await visit.Page.Locator("#search").FocusAsync();
        await TabToAsync(visit, ".row");
        await keys.PressAsync("End");
        await visit.Page.Locator(".row:focus[aria-rowindex='121']").WaitForAsync();
        await keys.PressAsync("ArrowUp");
        await visit.Page.Locator(".row:focus[aria-rowindex='120']").WaitForAsync();
        await keys.PressAsync("Home");
        await visit.Page.Locator(".row:focus[aria-rowindex='2']").WaitForAsync();

        await keys.PressAsync("Enter");
        await visit.Page.Locator("#detail-title:focus").WaitForAsync();
        await TabToAsync(visit, "[role=tab]");
        await keys.PressAsync("ArrowRight");
        await visit.Page.Locator("#panel-calls").WaitForAsync();
        await keys.PressAsync("Escape");
        await visit.Page.Locator("#detail").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await visit.Page.Locator(".row:focus[aria-selected=false]").WaitForAsync();

        await visit.Page.Locator("body").PressAsync("/");
        await visit.Page.Locator("#search:focus").WaitForAsync();
        await visit.Page.Locator("#pause").FocusAsync();
        await keys.PressAsync("Enter");
        await visit.WaitForStateAsync("Paused");
        await keys.PressAsync("Enter");
        await visit.WaitForStateAsync("Live");
    }

    [Fact]
    public async Task Every_control_has_a_name()
    {
        await using var board = await BoardRun.StartAsync();
        await using var visit = await BoardVisit.StartAsync(board.Url);
        var names = await visit.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll("button, input, select, a, [role=tab], [tabindex='0']")]
              .filter((each) => each.checkVisibility()).map((each) =>
              each.getAttribute("aria-label") || each.labels?.[0]?.textContent.trim() || each.textContent.trim()
              || (each.getAttribute("aria-labelledby") && "named") || `nameless ${each.outerHTML.slice(0, 80)}`)
            """);

        Assert.DoesNotContain(names, name => name.StartsWith("nameless", StringComparison.Ordinal));
    }

    private static async Task<string> FindAsync(BoardVisit visit)
    {
        var result = await visit.Page.RunAxe();
        return string.Join('\n', result.Violations
            .Select(found => $"{found.Impact} {found.Id}: {found.Help}: "
                + string.Join(" | ", found.Nodes.Select(node => node.Html[..Math.Min(node.Html.Length, MostShown)]))));
    }

    private static async Task TabToAsync(BoardVisit visit, string selector)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            if (await visit.Page.EvaluateAsync<bool>($"document.activeElement.matches(\"{selector}\")"))
            {
                return;
            }

            await visit.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} cannot be reached by Tab.");
    }
}
