using Microsoft.Playwright;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests;

namespace Bank.Tests.Web;

/// <summary>Answers to transfers get lost between the tiers: whoever asks again gets them, and money moves once.</summary>
public sealed class LostAnswerTests(PostgresServer postgres)
{
    [Fact]
    public async Task One_lost_answer_is_not_even_noticed()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var lossy = await LossyBank.StartAsync(run.Bank.Endpoint);
        await using var tier = await WebRun.StartTierAsync(run.Bank, lossy.Endpoint);
        using var ada = await new HttpVisit(run, tier.Url).SignInAsync("ada");
        var form = await ada.ReviewAsync();
        lossy.LoseAnswers(1);

        var answer = await ada.PostAsync("/transfer/send", form);

        Assert.Equal(303, answer.Status);
        Assert.Contains("The money is there", (await ada.GetAsync(answer.Location)).Body, StringComparison.Ordinal);
        Assert.Equal(1_001_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task Who_is_told_that_nobody_knows_sends_it_again_and_it_moves_once()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var lossy = await LossyBank.StartAsync(run.Bank.Endpoint);
        await using var tier = await WebRun.StartTierAsync(run.Bank, lossy.Endpoint);
        await using var ada = await WebVisit.StartAsync(run, new BrowserNewContextOptions { BaseURL = $"{tier.Url}" });
        await ada.Page.GotoAsync("/");
        await ada.SignInAsync("ada");
        await ada.ReviewAsync(OpenBank.Grace, "25.00");
        lossy.LoseAnswers(2);

        await ada.PressAsync("Send €25.00");
        await ada.WaitForHeadingAsync("We do not know yet whether it was sent");
        Assert.Equal(1_025_00, await run.Bank.BalanceAsync(OpenBank.Grace));
        await ada.PressAsync("Send it again");
        await ada.WaitForHeadingAsync("The money is there");

        Assert.Equal(1_025_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task A_bank_that_cannot_be_reached_is_told_as_such()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var tier = await WebRun.StartTierAsync(
            run.Bank, $"tls://127.0.0.1:{FreePort.Next()}", TimeSpan.FromMilliseconds(100));
        using var ada = new HttpVisit(run, tier.Url);

        var answer = await ada.PostAsync(
            "/sign-in", await ada.FormAsync("/sign-in", ("name", "ada"), ("password", "x")));

        Assert.Equal(503, answer.Status);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
        Assert.Contains("The bank cannot be reached right now", answer.Body, StringComparison.Ordinal);
    }
}
