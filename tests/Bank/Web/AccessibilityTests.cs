using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests.Web;

/// <summary>No page has anything that axe finds wrong: names, labels, landmarks, contrast, in light and dark.</summary>
public sealed class AccessibilityTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_of_a_customer_keep_people_out_of_nothing(ColorScheme scheme)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, new BrowserNewContextOptions { ColorScheme = scheme });
        await ada.Page.GotoAsync("/sign-in?why=out");
        await CheckAsync(ada.Page);
        await ada.TypePasswordAsync("ada", "wrong");
        await ada.WaitForAsync(ada.Page.Locator("#password-error"));
        await CheckAsync(ada.Page);
        await ada.TypePasswordAsync("ada", OpenBank.Password);
        await ada.WaitForHeadingAsync("Your code");
        await CheckAsync(ada.Page);
        await ada.Page.GotoAsync("/sign-in");
        await ada.SignInAsync("ada");
        await ada.ReviewAsync(OpenBank.Grace, "25.00", "Tea");
        await CheckAsync(ada.Page);
        await ada.PressAsync("Send €25.00");
        await ada.WaitForHeadingAsync("The money is there");
        await CheckAsync(ada.Page);
        await ada.Page.GotoAsync($"/transfer?from={OpenBank.Joint}");
        await ada.PressAsync("Look at it before it is sent");
        await ada.WaitForAsync(ada.Page.Locator("#amount-error"));
        await CheckAsync(ada.Page);
        await ada.FillPaymentAsync(OpenBank.Grace, "1,200.00");
        await ada.PressAsync("Look at it before it is sent");
        await ada.PressAsync("Ask for approval");
        await ada.WaitForHeadingAsync("Waiting for a second person");
        await CheckAsync(ada.Page);
        await SetUpAsync(ada);
        foreach (var path in (string[])["/", $"/accounts/{OpenBank.Ada}", "/approvals", "/security", "/nowhere"])
        {
            await ada.Page.GotoAsync(path);
            await CheckAsync(ada.Page);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_of_an_officer_keep_people_out_of_nothing(ColorScheme scheme)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var olivia = await WebVisit.StartAsync(run, "olivia", new() { ColorScheme = scheme });
        await olivia.Page.GetByText("Limit and freezing").First.ClickAsync();
        await CheckAsync(olivia.Page);
        foreach (var path in (string[])["/approvals", "/desk/audit", "/security"])
        {
            await olivia.Page.GotoAsync(path);
            await CheckAsync(olivia.Page);
        }
    }

    private static async Task SetUpAsync(WebVisit visit)
    {
        await visit.Page.GotoAsync("/standing-orders/new");
        await CheckAsync(visit.Page);
        await visit.FillPaymentAsync(OpenBank.Charles, "40.00");
        await visit.Page.Locator("#first").FillAsync("2026-03-31");
        await visit.PressAsync("Set up");
        await visit.WaitForTextAsync("The standing order is set up.");
        await CheckAsync(visit.Page);
    }

    private static async Task CheckAsync(IPage page)
    {
        var result = await page.RunAxe();

        Assert.Empty(result.Violations.SelectMany(violation => violation.Nodes.Select(
            node => $"{page.Url}: {violation.Id}, {violation.Help}: {node.Html}")));
    }
}
