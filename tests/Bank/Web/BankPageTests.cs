using Microsoft.Playwright;
using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests.Web;

/// <summary>What people do at the pages of the bank, with real browsers.</summary>
public sealed class BankPageTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Money_is_sent_and_both_statements_show_it(bool hasScript)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada", new() { JavaScriptEnabled = hasScript });

        await ada.ReviewAsync(WebVisit.Typed(OpenBank.Grace), "25.00", "Tea and biscuits");
        await ada.PressAsync("Send €25.00");
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Equal(
            "10 Mar 2026 Grace H. Tea and biscuits Other −€25.00 €975.00", (await ada.StatementAsync(OpenBank.Ada))[0]);
        await ada.SignOutAsync();
        await ada.WaitForTextAsync("You are signed out. Goodbye!");
        await ada.Page.GoBackAsync();
        await ada.WaitForHeadingAsync("Sign in");

        await ada.SignInAsync("grace");
        Assert.Equal(
            "10 Mar 2026 Ada L. Tea and biscuits Other +€25.00 €1,025.00",
            (await ada.StatementAsync(OpenBank.Grace))[0]);
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_code_are_refused_with_the_next_step()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run);
        await ada.Page.GotoAsync("/sign-in");

        await ada.TypePasswordAsync("ada", "wrong");
        await ada.WaitForAsync(ada.Page.Locator("#password-error", new() { HasText = "Check it and try again" }));
        Assert.Equal("ada", await ada.Page.Locator("#name").InputValueAsync());
        Assert.Empty(await ada.Page.Locator("#password").InputValueAsync());
        await ada.TypePasswordAsync("ada", OpenBank.Password);
        await ada.Page.Locator("#code").FillAsync("000000");
        await ada.PressAsync("Sign in");
        await ada.WaitForAsync(ada.Page.Locator("#code-error"));
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Begin again" }).ClickAsync();
        await ada.SignInAsync("ada");

        await ada.WaitForHeadingAsync("Hello, Ada");
    }

    [Fact]
    public async Task After_many_wrong_passwords_the_page_says_how_long_to_wait()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var stranger = await WebVisit.StartAsync(run);
        await stranger.Page.GotoAsync("/sign-in");

        for (var attempt = 0; attempt < OpenBank.Rules.FreeFailures; attempt++)
        {
            // Each of these pages looks like the one before.
            await stranger.Page.EvaluateAsync("document.body.id = 'before'");
            await stranger.TypePasswordAsync("ada", "wrong");
            await stranger.WaitForAsync(stranger.Page.Locator("body:not(#before) #password-error"));
        }

        await stranger.TypePasswordAsync("ada", OpenBank.Password);

        await stranger.WaitForAsync(
            stranger.Page.Locator("#name-error", new() { HasText = "Try again in 5 seconds." }));
        run.Bank.Clock.Advance(TimeSpan.FromSeconds(6));
        await stranger.SignInAsync("ada");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_that_has_ended_keeps_what_was_typed_for_the_same_customer_alone(bool isSamePerson)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.GotoAsync("/transfer");
        await ada.FillPaymentAsync(OpenBank.Grace, "12.34", "Half a thought");

        run.Bank.Clock.Advance(OpenBank.Rules.TokenIdle + TimeSpan.FromMinutes(1));
        await ada.PressAsync("Look at it before it is sent");
        await ada.WaitForTextAsync("what you have typed is kept");
        await ada.SignInAsync(isSamePerson ? "ada" : "charles");

        await ada.WaitForHeadingAsync("Transfer money");
        Assert.Equal(
            isSamePerson ? ("12.34", "Half a thought", OpenBank.Grace) : ("", "", ""),
            (await ada.Page.Locator("#amount").InputValueAsync(),
                await ada.Page.Locator("#reference").InputValueAsync(),
                await ada.Page.Locator("#other").InputValueAsync()));
    }

    [Fact]
    public async Task What_the_account_has_not_is_refused_beside_the_amount()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.GotoAsync("/transfer");
        await ada.FillPaymentAsync(OpenBank.Grace, "1,000.01");

        await ada.PressAsync("Look at it before it is sent");

        await ada.WaitForAsync(
            ada.Page.Locator("#amount-error", new() { HasText = "has €1,000.00 to give. Send less" }));
        Assert.Equal("amount-error", await ada.Page.Locator("#amount").GetAttributeAsync("aria-describedby"));
        Assert.Equal("1,000.01", await ada.Page.Locator("#amount").InputValueAsync());
        await ada.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await ada.WaitForFocusAsync("amount");
        Assert.Equal(1_000_00, await run.Bank.BalanceAsync(OpenBank.Ada));
    }

    [Fact]
    public async Task Money_that_was_spent_between_the_look_and_the_sending_is_missed_beside_the_amount()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.ReviewAsync(OpenBank.Grace, "900.00");
        var token = await run.Bank.SignInAsync("ada");
        await run.Bank.AskAsync(run.Bank.Transfer(OpenBank.Ada, OpenBank.AdasSavings, 500_00), token);

        await ada.PressAsync("Send €900.00");

        await ada.WaitForAsync(ada.Page.Locator("#amount-error", new() { HasText = "has €500.00 to give" }));
        Assert.Equal("900.00", await ada.Page.Locator("#amount").InputValueAsync());
        Assert.Equal(1_000_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_double_click_on_send_moves_money_once(bool hasScript)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada", new() { JavaScriptEnabled = hasScript });
        await ada.ReviewAsync(OpenBank.Grace, "25.00");

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Send €25.00" }).DblClickAsync();
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Equal(1_025_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Going_back_and_sending_again_moves_money_once(bool hasScript)
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada", new() { JavaScriptEnabled = hasScript });
        await ada.ReviewAsync(OpenBank.Grace, "25.00");
        await ada.PressAsync("Send €25.00");
        await ada.WaitForHeadingAsync("The money is there");
        var first = await ada.Page.Locator("dl").InnerTextAsync();

        await ada.Page.ReloadAsync();
        await ada.WaitForHeadingAsync("The money is there");
        await ada.Page.GoBackAsync();
        await ada.WaitForHeadingAsync("Is this right?");
        await ada.PressAsync("Send €25.00");
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Equal(first, await ada.Page.Locator("dl").InnerTextAsync());
        Assert.Equal(1_025_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task A_large_sum_waits_until_a_second_person_approves_it()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.GotoAsync($"/transfer?from={OpenBank.Joint}");
        await ada.FillPaymentAsync(OpenBank.Grace, "1,200.00", "A piano");
        await ada.PressAsync("Look at it before it is sent");
        await ada.PressAsync("Ask for approval");
        await ada.WaitForHeadingAsync("Waiting for a second person");
        await ada.Page.GotoAsync("/approvals");
        Assert.Equal(0, await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Approve €1,200.00" }).CountAsync());
        await using var charles = await WebVisit.StartAsync(run, "charles");

        await charles.Page.GetByRole(AriaRole.Link, new() { Name = "Approvals 1 waiting for you" }).ClickAsync();
        Assert.Equal(1_000_00, await run.Bank.BalanceAsync(OpenBank.Grace));
        await charles.PressAsync("Approve €1,200.00");
        await charles.WaitForTextAsync("You approved it: the money is there.");

        Assert.Equal(2_200_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task A_standing_order_is_set_up_and_ended()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var ada = await WebVisit.StartAsync(run, "ada");
        await ada.Page.GotoAsync("/standing-orders/new");
        await ada.FillPaymentAsync(OpenBank.Charles, "40.00", "Piano lessons");
        await ada.Page.Locator("#first").FillAsync("2026-03-31");

        await ada.PressAsync("Set up");
        await ada.WaitForTextAsync("The standing order is set up.");
        await ada.WaitForTextAsync("next on 31 Mar 2026");
        await ada.PressAsync("End Charles B.");
        await ada.WaitForTextAsync("The standing order is ended.");

        Assert.Equal(0, await ada.Page.GetByRole(AriaRole.Button, new() { Name = "End Charles B." }).CountAsync());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_other_browsers()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var here = await WebVisit.StartAsync(run, "ada");
        await using var there = await WebVisit.StartAsync(run, "ada");

        await here.Page.GotoAsync("/security");
        await here.PressAsync("Sign out everywhere");
        await here.WaitForTextAsync("You are signed out everywhere");
        await there.Page.GotoAsync("/");

        await there.WaitForHeadingAsync("Sign in");
    }

    [Fact]
    public async Task An_officer_freezes_an_account_and_its_holder_is_told()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var olivia = await WebVisit.StartAsync(run, "olivia");
        var card = olivia.Page.Locator("li.card", new() { HasText = WebVisit.Typed(OpenBank.Ada) });
        await card.GetByText("Limit and freezing").ClickAsync();
        await card.GetByLabel("Reason").FillAsync("A lost phone");
        await card.GetByRole(AriaRole.Button, new() { Name = "Freeze" }).ClickAsync();
        await olivia.WaitForAsync(card.GetByText("Frozen"));
        await using var ada = await WebVisit.StartAsync(run, "ada");

        await ada.Page.GotoAsync($"/transfer?from={OpenBank.Ada}");
        await ada.FillPaymentAsync(OpenBank.Grace, "1.00");
        await ada.PressAsync("Look at it before it is sent");

        await ada.WaitForAsync(ada.Page.Locator("#from-error", new() { HasText = "is frozen, so no money leaves it" }));
    }
}
