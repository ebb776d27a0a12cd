using Bank.Protocol;
using Microsoft.Playwright;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests.Web;

/// <summary>
/// Answers to transfers get lost between the tiers: whoever asks again gets them, and money moves once.
/// </summary>
public sealed class LostAnswerTests(PostgresServer postgres)
{
    [Fact]
    public async Task One_lost_answer_is_not_even_noticed()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var forgetful = await ForgetfulBank.StartAsync(run.Bank);
        using var ada = await new HttpVisit(run, forgetful.Tier.Url).SignInAsync("ada");
        var form = await ada.ReviewAsync();

        forgetful.Forget(1);
        var sending = ada.PostAsync("/transfer/send", form);
        await forgetful.LosePatienceAsync();
        var answer = await sending.Soon();

        Assert.Equal(303, answer.Status);
        Assert.Contains("The money is there", (await ada.GetAsync(answer.Location)).Body, StringComparison.Ordinal);
        Assert.Equal(1_001_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task Who_is_told_that_nobody_knows_sends_it_again_and_it_moves_once()
    {
        await using var run = await WebRun.StartAsync(postgres);
        await using var forgetful = await ForgetfulBank.StartAsync(run.Bank);
        await using var ada = await WebVisit.StartAsync(
            run, new BrowserNewContextOptions { BaseURL = $"{forgetful.Tier.Url}" });
        await ada.Page.GotoAsync("/");
        await ada.SignInAsync("ada");
        await ada.ReviewAsync(OpenBank.Grace, "25.00");

        forgetful.Forget(2);
        var pressing = ada.PressAsync("Send €25.00");
        await forgetful.LosePatienceAsync();
        await forgetful.LosePatienceAsync();
        await pressing;
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
        var nobody = BankClientOptions.From(TestCertificates.Ours, $"tls://127.0.0.1:{FreePort.Next()}");
        await using var tier = await WebRun.StartTierAsync(
            run.Bank, nobody with { Timeout = TimeSpan.FromMilliseconds(100) });
        using var ada = new HttpVisit(run, tier.Url);

        var answer = await ada.PostAsync(
            "/sign-in", await ada.FormAsync("/sign-in", ("name", "ada"), ("password", "x")));

        Assert.Equal(503, answer.Status);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
        Assert.Contains("The bank cannot be reached right now", answer.Body, StringComparison.Ordinal);
    }
}
