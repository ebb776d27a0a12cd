using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class TransferTests(PostgresServer postgres)
{
    [Theory]
    [BothDatabases]
    public async Task Money_leaves_one_statement_and_comes_into_the_other(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, grace) = (await bank.SignInAsync("ada"), await bank.SignInAsync("grace"));
        var asked = bank.Transfer(OpenBank.Ada, OpenBank.Grace, 250_00) with
        {
            Reference = "Für den Tee, O'Hara & Co.", Category = Category.Groceries,
        };

        var done = await bank.AskAsync(asked, ada);

        Assert.Equal((false, 750_00L), (done.IsWaiting, done.Balance));
        var left = (await bank.AskAsync(new BankRequest.Statement(OpenBank.Ada), ada)).Entries[0];
        var came = (await bank.AskAsync(new BankRequest.Statement(OpenBank.Grace), grace)).Entries[0];
        var (time, text, category) = (done.Time, asked.Reference, asked.Category);
        Assert.Equal(new(2, time, -250_00, 750_00, OpenBank.Grace, "Grace H.", text, category, done.Id), left);
        Assert.Equal(new(2, time, 250_00, 1_250_00, OpenBank.Ada, "Ada L.", text, category, done.Id), came);
    }

    [Theory]
    [BothDatabases]
    public async Task The_same_key_is_answered_alike_and_moves_money_once(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        var asked = bank.Transfer(OpenBank.Ada, OpenBank.Grace, 10_00);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bank.AskAsync(asked, ada)));

        Assert.Single(answers.Distinct());
        Assert.Equal(990_00, await bank.BalanceAsync(OpenBank.Ada));
        Assert.Equal(BankError.KeyReused, await bank.RefusedAsync(asked with { Amount = 11_00 }, ada));
        Assert.Equal(answers[0], await bank.AskAsync(asked, await bank.SignInAsync("ada")));
    }

    [Theory]
    [BothDatabases]
    public async Task A_key_belongs_to_the_customer_who_made_it(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, grace) = (await bank.SignInAsync("ada"), await bank.SignInAsync("grace"));
        var asked = bank.Transfer(OpenBank.Ada, OpenBank.Charles, 10_00);
        await bank.AskAsync(asked, ada);

        await bank.AskAsync(asked with { From = OpenBank.Grace }, grace);

        Assert.Equal(1_020_00, await bank.BalanceAsync(OpenBank.Charles));
    }

    [Theory]
    [BothDatabases]
    public async Task What_is_not_there_cannot_be_spent_but_for_the_overdraft(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 700_00), ada);

        Assert.Equal(
            BankError.InsufficientFunds,
            await bank.RefusedAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 300_01), ada));
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 300_00), ada);
        await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.AdasSavings, 1_500_00), ada);
        Assert.Equal(
            BankError.InsufficientFunds,
            await bank.RefusedAsync(bank.Transfer(OpenBank.Joint, OpenBank.AdasSavings, 1), ada));
    }

    [Theory]
    [BothDatabases]
    public async Task Of_many_at_once_as_many_succeed_as_there_is_money_for(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            try
            {
                await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 90_00), ada);
                return (BankError?)null;
            }
            catch (BankException refused)
            {
                return refused.Error;
            }
        }));

        Assert.Equal(11, outcomes.Count(outcome => outcome is null));
        Assert.Equal(29, outcomes.Count(outcome => outcome == BankError.InsufficientFunds));
        Assert.Equal(10_00, await bank.BalanceAsync(OpenBank.Ada));
    }

    [Theory]
    [BothDatabases]
    public async Task A_day_has_a_limit_that_own_accounts_do_not_count_to(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        await bank.AskAsync(new BankRequest.SetDailyLimit(OpenBank.Ada, 100_00), ada);
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.AdasSavings, 500_00), ada);
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 100_00), ada);

        Assert.Equal(
            BankError.LimitExceeded, await bank.RefusedAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), ada));

        bank.Clock.Advance(TimeSpan.FromHours(12));
        ada = await bank.SignInAsync("ada");
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 100_00), ada);
        Assert.Equal(100_00, (await bank.AskAsync(new BankRequest.Accounts(), ada)).Accounts[0].SpentToday);
    }

    [Theory]
    [BothDatabases]
    public async Task Nothing_leaves_a_frozen_account_and_what_comes_is_taken(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, olivia) = (await bank.SignInAsync("ada"), await bank.SignInAsync("olivia"));
        await bank.AskAsync(new BankRequest.Freeze(OpenBank.Ada, "Card lost"), olivia);

        Assert.Equal(
            BankError.AccountFrozen, await bank.RefusedAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), ada));
        await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Ada, 1), ada);
        await bank.AskAsync(new BankRequest.Unfreeze(OpenBank.Ada, "Card found"), olivia);
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), ada);
    }

    [Theory]
    [BothDatabases]
    public async Task Only_an_officer_raises_a_limit(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, olivia) = (await bank.SignInAsync("ada"), await bank.SignInAsync("olivia"));

        await bank.AskAsync(new BankRequest.SetDailyLimit(OpenBank.Ada, 50_00), ada);
        Assert.Equal(
            BankError.Forbidden, await bank.RefusedAsync(new BankRequest.SetDailyLimit(OpenBank.Ada, 51_00), ada));
        await bank.AskAsync(new BankRequest.SetDailyLimit(OpenBank.Ada, 51_00), olivia);
    }

    [Theory]
    [BothDatabases]
    public async Task The_database_lets_nobody_change_what_was_written(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), await bank.SignInAsync("ada"));
        var before = await bank.SnapshotAsync();

        foreach (var table in (string[])["entries", "transfers", "answers", "audit"])
        {
            await FailsAsync(bank, $"DELETE FROM {table}");
        }

        await FailsAsync(bank, "UPDATE entries SET amount = amount + 1");
        await FailsAsync(bank, "UPDATE transfers SET reference = 'x'");
        await FailsAsync(bank, "UPDATE answers SET answer = 'x'");
        await FailsAsync(bank, "UPDATE audit SET who = 'x'");
        Assert.Equal(before, await bank.SnapshotAsync());
    }

    [Theory]
    [BothDatabases]
    public async Task The_database_commits_no_transfer_without_its_two_entries(DatabaseKind kind)
    {
        const string Transfer =
            "INSERT INTO transfers (id, time, payer, payee, amount, debit, reference, category, customer) VALUES ";
        const string Entry =
            "INSERT INTO entries (account, number, transfer, side, amount, balance, time, other, other_name, search) "
            + "VALUES ";
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var before = await bank.SnapshotAsync();
        var transfer = $"{Transfer} ('t', 0, '{OpenBank.Ada}', '{OpenBank.Grace}', 5, -5, '', 'Other', 'ada')";
        var left = $"{Entry} ('{OpenBank.Ada}', 2, 't', 0, -5, 0, 0, '', '', '')";

        await FailsAsync(bank, transfer);
        await FailsAsync(bank, left);
        await FailsAsync(bank, transfer, left);
        await FailsAsync(bank, transfer, left, $"{Entry} ('{OpenBank.Grace}', 2, 't', 1, 4, 0, 0, '', '', '')");
        await FailsAsync(bank, transfer, left, $"{Entry} ('{OpenBank.Charles}', 2, 't', 1, 5, 0, 0, '', '', '')");
        Assert.Equal(before, await bank.SnapshotAsync());
    }

    private static async Task FailsAsync(OpenBank bank, params string[] statements)
    {
        var failed = await Assert.ThrowsAsync<BankException>(() => bank.Database.WriteAsync(desk =>
            statements.Sum(statement => desk.Execute(statement))).Soon());
        Assert.Equal(BankError.Unavailable, failed.Error);
    }
}
