using System.Text;
using Bank.Protocol;
using Microsoft.Playwright;
using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests.Web;

/// <summary>What people find and read at the pages of the bank, with real browsers.</summary>
public sealed class ReadingPageTests(PostgresServer postgres)
{
    private const int PhoneWidth = 360;

    private static readonly string[] Paths =
    [
        "/", $"/accounts/{OpenBank.Ada}", "/transfer", "/standing-orders", "/standing-orders/new", "/approvals",
        "/security", "/nowhere",
    ];

    [Fact]
    public async Task A_statement_is_searched_filtered_turned_over_and_saved()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await SpendAsync(run, 60);
        await using var ada = await WebVisit.StartAsync(run, "ada");

        Assert.Equal(50, (await ada.StatementAsync(OpenBank.Ada)).Count);
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await ada.WaitForTextAsync("Opening");
        await ada.Page.Locator("#search").FillAsync("no. 7");
        await ada.Page.Locator("#category").SelectOptionAsync("Leisure");
        await ada.Page.Locator("#from").FillAsync("2026-03-10");
        await ada.PressAsync("Show");
        await ada.WaitForTextAsync("Show all");
        Assert.Contains("No. 7", Assert.Single(await ada.Entries.AllInnerTextsAsync()), StringComparison.Ordinal);
        var saved = await ada.Page.RunAndWaitForDownloadAsync(() => ada.Page.GetByText("Save as CSV").ClickAsync());

        Assert.Equal($"{OpenBank.Ada}-2026-03-10.csv", saved.SuggestedFilename);
        Assert.Equal(
            "Day,Name,Account,Reference,Category,Amount,Balance,Currency\r\n"
            + $"2026-03-10,Grace H.,{OpenBank.Grace},No. 7,Leisure,-1.00,993.00,EUR\r\n",
            await File.ReadAllTextAsync(await saved.PathAsync(), Encoding.UTF8));
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task A_reader_of_German_reads_and_writes_sums_as_there()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada", new() { Locale = "de-DE" });

        await ada.Page.GotoAsync("/transfer");
        await ada.FillPaymentAsync(OpenBank.Grace, "1.25");
        await ada.PressAsync("Look at it before it is sent");
        await ada.WaitForAsync(ada.Page.Locator("#amount-error", new() { HasText = "1.234,50" }));
        await ada.Page.Locator("#amount").FillAsync("125,5");
        await ada.PressAsync("Look at it before it is sent");
        await ada.PressAsync("Send 125,50\u00A0€");
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Contains("10.03.2026", (await ada.StatementAsync(OpenBank.Ada))[0], StringComparison.Ordinal);
        Assert.Equal(1_125_50, await run.Bank.BalanceAsync(OpenBank.Grace));
        await ada.Page.GotoAsync("/security");
        await ada.Page.GetByText($"125,50\u00A0€ to {WebVisit.Typed(OpenBank.Grace)}, transfer").WaitForAsync();
    }

    [Fact]
    public async Task A_chart_tells_the_balance_of_a_day_to_the_arrow_keys()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await SpendAsync(run, 3);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.GotoAsync($"/accounts/{OpenBank.Ada}?days=30");

        await ada.Page.Locator(".chart .wide svg").FocusAsync();
        await ada.Page.Keyboard.PressAsync("End");

        await ada.Page.Locator("output", new() { HasText = "10 Mar 2026: €997.00" }).WaitForAsync();
        await ada.Page.GetByText("Show as a table").ClickAsync();
        await ada.Page.Locator("figure td", new() { HasText = "€997.00" }).WaitForAsync();
    }

    [Fact]
    public async Task Pages_fit_a_phone_and_are_light_or_dark_as_one_likes()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await SpendAsync(run, 3);
        await using var ada = await WebVisit.StartAsync(
            run, "ada", new() { ViewportSize = new() { Width = PhoneWidth, Height = 740 } });

        foreach (var path in Paths)
        {
            await ada.Page.GotoAsync(path);
            var width = await ada.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.Equal((path, PhoneWidth), (path, width));
            Assert.Empty(await ada.Page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll("main *")]
                  .filter(each => each.checkVisibility() && !each.closest("svg, .visually-hidden"))
                  .filter(each =>
                    each.getBoundingClientRect().right > each.closest(".card, main").getBoundingClientRect().right)
                  .map(each => each.outerHTML.slice(0, 200))
                """));
        }

        Assert.NotEqual(await PaperAsync(ada.Page, ColorScheme.Light), await PaperAsync(ada.Page, ColorScheme.Dark));
    }

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run);
        var keys = ada.Page.Keyboard;
        await ada.Page.GotoAsync("/transfer");

        await ada.WaitForFocusAsync("name");
        await keys.TypeAsync("ada");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(OpenBank.Password);
        await keys.PressAsync("Enter");
        await ada.WaitForHeadingAsync("Your code");
        await ada.WaitForFocusAsync("code");
        await keys.TypeAsync(run.NextCode());
        await keys.PressAsync("Enter");
        await ada.WaitForHeadingAsync("Transfer money");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await ada.WaitForFocusAsync("content");
        foreach (var text in (string[])["", "", OpenBank.Grace, "3.00", "By hand"])
        {
            await keys.PressAsync("Tab");
            await keys.TypeAsync(text);
        }

        await keys.PressAsync("Enter");
        await ada.WaitForHeadingAsync("Is this right?");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Send €3.00" }).FocusAsync();
        await keys.PressAsync("Enter");
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Equal(1_003_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task Who_is_silent_is_asked_before_the_sign_in_ends()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.Clock.InstallAsync();
        await ada.Page.GotoAsync("/");

        await ada.Page.Clock.FastForwardAsync("14:00");
        await ada.PressAsync("Stay signed in");
        await ada.Page.Locator("#idle").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        for (var tries = 0; tries < 10_000 && !await ada.Page.Locator("#idle").IsVisibleAsync(); tries++)
        {
            // The page counts anew once the server has answered; until then its clock is moved in vain.
            await ada.Page.Clock.FastForwardAsync("14:00");
        }

        await ada.WaitForHeadingAsync("Are you still there?");
        await ada.Page.Clock.FastForwardAsync("01:00");

        await ada.Page.GetByText("You were signed out, because nothing happened for a while.").WaitForAsync();
    }

    private static async Task SpendAsync(WebRun run, int times)
    {
        var token = await run.Bank.SignInAsync("ada");
        for (var count = 1; count <= times; count++)
        {
            await run.Bank.AskAsync(
                run.Bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1_00) with
                {
                    Reference = $"No. {count}", Category = count % 2 == 0 ? Category.Groceries : Category.Leisure,
                },
                token);
        }
    }

    private static async Task<string> PaperAsync(IPage page, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        return await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }
}
