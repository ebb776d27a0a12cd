using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests;

public sealed class ApprovalTests(PostgresServer postgres)
{
    private const long Much = 1_000_01;

    [Theory]
    [BothDatabases]
    public async Task Much_money_waits_until_another_holder_approves_it(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, charles) = (await bank.SignInAsync("ada"), await bank.SignInAsync("charles"));
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);
        Assert.True(waiting.IsWaiting);
        Assert.Equal(1_000_00, await bank.BalanceAsync(OpenBank.Joint));
        Assert.Equal(BankError.Forbidden, await bank.RefusedAsync(new BankRequest.Approve(waiting.Id), ada));

        var listed = Assert.Single((await bank.AskAsync(new BankRequest.Approvals(), charles)).Approvals);
        Assert.Equal(("Ada L.", true, true), (listed.AskedBy, listed.MayApprove, listed.MayRefuse));
        var done = await bank.AskAsync(new BankRequest.Approve(waiting.Id), charles);

        Assert.Equal(-1, done.Balance);
        Assert.Equal(done, await bank.AskAsync(new BankRequest.Approve(waiting.Id), charles));
        Assert.Equal(-1, await bank.BalanceAsync(OpenBank.Joint));
        Assert.Equal(BankError.AlreadyDecided, await bank.RefusedAsync(new BankRequest.Refuse(waiting.Id), charles));
        listed = Assert.Single((await bank.AskAsync(new BankRequest.Approvals(), ada)).Approvals);
        Assert.Equal(ApprovalState.Approved, listed.State);
    }

    [Theory]
    [BothDatabases]
    public async Task An_officer_may_approve_and_a_stranger_sees_nothing(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, grace, olivia) =
            (await bank.SignInAsync("ada"), await bank.SignInAsync("grace"), await bank.SignInAsync("olivia"));
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);

        Assert.Empty((await bank.AskAsync(new BankRequest.Approvals(), grace)).Approvals);
        Assert.Equal(BankError.NotFound, await bank.RefusedAsync(new BankRequest.Approve(waiting.Id), grace));
        Assert.Equal(BankError.NotFound, await bank.RefusedAsync(new BankRequest.Refuse(waiting.Id), grace));
        Assert.Null((await bank.AskAsync(new BankRequest.Approve(waiting.Id), olivia)).Balance);
        Assert.Equal(1_000_00 + Much, await bank.BalanceAsync(OpenBank.Grace));
    }

    [Theory]
    [BothDatabases]
    public async Task Who_asked_may_withdraw_and_nobody_approves_it_then(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, charles) = (await bank.SignInAsync("ada"), await bank.SignInAsync("charles"));
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);

        await bank.AskAsync(new BankRequest.Refuse(waiting.Id), ada);
        await bank.AskAsync(new BankRequest.Refuse(waiting.Id), ada);

        Assert.Equal(BankError.AlreadyDecided, await bank.RefusedAsync(new BankRequest.Approve(waiting.Id), charles));
        Assert.Equal(1_000_00, await bank.BalanceAsync(OpenBank.Joint));
    }

    [Theory]
    [BothDatabases]
    public async Task It_expires(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);

        bank.Clock.Advance(OpenBank.Rules.ApprovalLifetime);

        var charles = await bank.SignInAsync("charles");
        Assert.Equal(BankError.AlreadyDecided, await bank.RefusedAsync(new BankRequest.Approve(waiting.Id), charles));
        var listed = Assert.Single((await bank.AskAsync(new BankRequest.Approvals(), charles)).Approvals);
        Assert.Equal((ApprovalState.Expired, false), (listed.State, listed.MayApprove));
    }

    [Theory]
    [BothDatabases]
    public async Task All_rules_count_again_when_it_is_approved(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, charles) = (await bank.SignInAsync("ada"), await bank.SignInAsync("charles"));
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);
        await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Ada, 500_00), ada);

        Assert.Equal(
            BankError.InsufficientFunds, await bank.RefusedAsync(new BankRequest.Approve(waiting.Id), charles));

        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Joint, 500_00), ada);
        await bank.AskAsync(new BankRequest.Approve(waiting.Id), charles);
    }

    [Theory]
    [BothDatabases]
    public async Task Of_two_who_approve_at_once_one_moves_the_money(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, charles, olivia) =
            (await bank.SignInAsync("ada"), await bank.SignInAsync("charles"), await bank.SignInAsync("olivia"));
        var waiting = await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, Much), ada);

        var outcomes = await Task.WhenAll(((string[])[charles, olivia]).Select(async token =>
        {
            try
            {
                await bank.AskAsync(new BankRequest.Approve(waiting.Id), token);
                return "done";
            }
            catch (BankException refused)
            {
                return $"{refused.Error}";
            }
        }));

        Assert.Equal(["AlreadyDecided", "done"], outcomes.Order());
        Assert.Equal(1_000_00 + Much, await bank.BalanceAsync(OpenBank.Grace));
    }
}
