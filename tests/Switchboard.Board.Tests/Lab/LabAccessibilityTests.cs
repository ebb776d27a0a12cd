using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lab;

/// <summary>What a checker of accessibility finds in the lab, wherever a learner can be in it.</summary>
/// <param name="lab">A browser that all these tests share.</param>
public sealed class LabAccessibilityTests(LabBrowser lab) : IClassFixture<LabBrowser>
{
    private const int MostShown = 150;
    private const int Desk = 1400;
    private const int Phone = 390;

    public static TheoryData<ColorScheme, int> Looks => new()
    {
        { ColorScheme.Light, Desk }, { ColorScheme.Dark, Desk },
        { ColorScheme.Light, Phone }, { ColorScheme.Dark, Phone },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Axe_finds_nothing_while_a_lesson_is_taken(ColorScheme scheme, int width)
    {
        await using var visit = await OpenAsync("hello", scheme, width);
        var lesson = LessonFiles.Find("hello")!;
        await AssertNothingFoundAsync(visit);

        for (var made = 0; made < 4; made++)
        {
            await visit.PlayNextAsync(lesson, made + 1);
        }

        await visit.Page.Locator(".line.waits").WaitForAsync();
        await AssertNothingFoundAsync(visit);

        for (var made = 4; made < lesson.Steps.Count - 2; made++)
        {
            await visit.PlayNextAsync(lesson, made + 1);
        }

        await visit.WaitUntilReadyAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.Page.Locator(".choice").First.WaitForAsync();
        await AssertNothingFoundAsync(visit);
        await visit.Page.Keyboard.PressAsync("1");
        await visit.Page.Locator(".verdict.bad").WaitForAsync();
        await AssertNothingFoundAsync(visit);

        await visit.PlayNextAsync(lesson, lesson.Steps.Count);
        await visit.Page.GetByText("To remember:").WaitForAsync();
        await AssertNothingFoundAsync(visit);
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await visit.Page.Locator("body.past").WaitForAsync();
        await AssertNothingFoundAsync(visit);
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Axe_finds_nothing_in_the_lists_and_with_ones_own_program(ColorScheme scheme, int width)
    {
        await using var visit = await OpenAsync("stream", scheme, width);
        foreach (var (button, dialog) in ((string, string)[])
            [("#open-lessons", "#lessons"), ("#open-help", "#help"), ("#own", "#own-dialog")])
        {
            await visit.Page.Locator(button).ClickAsync();
            await visit.Page.Locator($"{dialog}[open]").WaitForAsync();
            await AssertNothingFoundAsync(visit);
            await visit.Page.Keyboard.PressAsync("Escape");
            await visit.Page.Locator($"{dialog}[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await visit.Page.Locator("#own").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await visit.Page.Locator(".yours code").WaitForAsync();
        await AssertNothingFoundAsync(visit);
    }

    [Theory]
    [InlineData("udp-loss", ColorScheme.Light)]
    [InlineData("udp-loss", ColorScheme.Dark)]
    [InlineData("not-delivery", ColorScheme.Light)]
    [InlineData("not-delivery", ColorScheme.Dark)]
    [InlineData("shared-memory", ColorScheme.Light)]
    [InlineData("shared-memory", ColorScheme.Dark)]
    public async Task Axe_finds_nothing_where_a_kernel_shows_something_rare(string name, ColorScheme scheme)
    {
        await using var visit = await OpenAsync(name, scheme, Desk);
        var lesson = LessonFiles.Find(name)!;
        for (var made = lesson.Prepared; made < lesson.Steps.Count; made++)
        {
            await visit.PlayNextAsync(lesson, made + 1);
        }

        await AssertNothingFoundAsync(visit);
    }

    private Task<LabVisitor> OpenAsync(string lesson, ColorScheme scheme, int width) => lab.OpenAsync(
        lesson, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });

    private static async Task AssertNothingFoundAsync(LabVisitor visit)
    {
        var result = await visit.Page.RunAxe();
        var found = string.Join('\n', result.Violations
            .Select(each => $"{each.Impact} {each.Id}: {each.Help}: "
                + string.Join(" | ", each.Nodes.Select(node => node.Html[..Math.Min(node.Html.Length, MostShown)]))));
        Assert.True(found.Length == 0, found);
    }
}
