using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class StatementTests(PostgresServer postgres)
{
    [Theory]
    [BothDatabases]
    public async Task Pages_follow_each_other_without_a_gap(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        for (var transfer = 0; transfer < 11; transfer++)
        {
            await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1 + transfer), ada);
        }

        var numbers = new List<long>();
        for (long? before = null; ;)
        {
            var page = await bank.AskAsync(new BankRequest.Statement(OpenBank.Ada, before, Take: 4), ada);
            numbers.AddRange(page.Entries.Select(entry => entry.Number));
            if ((before = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, 12).Reverse().Select(number => (long)number), numbers);
    }

    [Theory]
    [BothDatabases]
    public async Task Entries_are_found_by_text_category_and_time(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        await PayAsync("Größe 42", Category.Leisure, OpenBank.Grace);
        var between = bank.Clock.GetUtcNow().AddSeconds(1);
        bank.Clock.Advance(TimeSpan.FromMinutes(1));
        await PayAsync("100, all of it", Category.Groceries, OpenBank.Charles);

        Assert.Equal(["Größe 42"], await FindAsync(new(OpenBank.Ada, Search: "GRÖß")));
        Assert.Equal(["100, all of it"], await FindAsync(new(OpenBank.Ada, Search: "charles")));
        Assert.Equal(["Größe 42"], await FindAsync(new(OpenBank.Ada, Search: OpenBank.Grace)));
        Assert.Equal(["Größe 42"], await FindAsync(new(OpenBank.Ada, Category: Category.Leisure)));
        Assert.Equal(["100, all of it"], await FindAsync(new(OpenBank.Ada, From: between)));
        Assert.Equal(["Größe 42", "Opening"], await FindAsync(new(OpenBank.Ada, To: between)));
        foreach (var pattern in (string[])["%", "_", "!", "'", "\\", "' OR '1'='1"])
        {
            Assert.Empty(await FindAsync(new(OpenBank.Ada, Search: pattern)));
        }

        Task PayAsync(string reference, Category category, string to) => bank.AskAsync(
            bank.Transfer(OpenBank.Ada, to, 1) with { Reference = reference, Category = category }, ada);

        async Task<IEnumerable<string>> FindAsync(BankRequest.Statement asked) =>
            (await bank.AskAsync(asked, ada)).Entries.Select(entry => entry.Reference);
    }

    [Theory]
    [BothDatabases]
    public async Task The_balance_of_a_day_is_that_behind_its_last_entry(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        bank.Clock.Advance(TimeSpan.FromDays(2));
        var ada = await bank.SignInAsync("ada");
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1_00), ada);
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 2_00), ada);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        ada = await bank.SignInAsync("ada");

        var points = (await bank.AskAsync(new BankRequest.BalanceHistory(OpenBank.Ada, Days: 5), ada)).Points;

        Assert.Equal(
            [(9, 0), (10, 1_000_00), (11, 1_000_00), (12, 997_00), (13, 997_00)],
            points.Select(point => (point.Day.Day, point.Balance)));
    }

    [Theory]
    [BothDatabases]
    public async Task Spending_is_what_left_for_others_by_category_however_many_entries_there_are(DatabaseKind kind)
    {
        const int Many = 1_500;
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        await PayAsync(OpenBank.Ada, OpenBank.Grace, 7_00, Category.Health);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        ada = await bank.SignInAsync("ada");
        await PayAsync(OpenBank.Ada, OpenBank.AdasSavings, 100_00, Category.Savings);
        await PayAsync(OpenBank.Ada, OpenBank.Joint, 100_00, Category.Housing);
        await PayAsync(OpenBank.Joint, OpenBank.Charles, 3_00, Category.Leisure);
        await PayAsync(OpenBank.Ada, OpenBank.Charles, 2_00, Category.Leisure);
        await bank.Database.WriteAsync(desk =>
        {
            for (var count = 0; count < Many; count++)
            {
                OpenBank.Move(desk, OpenBank.Ada, OpenBank.Grace, 1, bank.Clock.GetUtcNow(), Category.Groceries);
            }
        }).Soon();

        Assert.Equal(
            [new(Category.Groceries, Many), new(Category.Leisure, 5_00)], await SpendingAsync(days: 1));
        Assert.Equal(
            [new(Category.Groceries, Many), new(Category.Health, 7_00), new(Category.Leisure, 5_00)],
            await SpendingAsync(days: 2));

        Task PayAsync(string from, string to, long amount, Category category) =>
            bank.AskAsync(bank.Transfer(from, to, amount) with { Category = category }, ada);

        async Task<IEnumerable<BankReply.Spent>> SpendingAsync(int days) =>
            (await bank.AskAsync(new BankRequest.Spending(days), ada)).Categories;
    }

    [Theory]
    [BothDatabases]
    public async Task Accounts_are_those_that_one_holds_and_payees_those_that_one_has_paid(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (charles, olivia) = (await bank.SignInAsync("charles"), await bank.SignInAsync("olivia"));
        await bank.AskAsync(bank.Transfer(OpenBank.Charles, OpenBank.Joint, 1), charles);
        await bank.AskAsync(bank.Transfer(OpenBank.Charles, OpenBank.Grace, 1), charles);

        var accounts = (await bank.AskAsync(new BankRequest.Accounts(), charles)).Accounts;

        Assert.Equal([OpenBank.Joint, OpenBank.Charles], accounts.Select(account => account.Number));
        Assert.Equal(["Ada L.", "Charles B."], accounts[0].Holders);
        Assert.Equal(
            (1_000_01, 500_00, 2_000_00), (accounts[0].Balance, accounts[0].Overdraft, accounts[0].DailyLimit));
        Assert.Equal(
            [new(OpenBank.Grace, "Grace H.")], (await bank.AskAsync(new BankRequest.Payees(), charles)).Payees);
        Assert.Empty((await bank.AskAsync(new BankRequest.Accounts(), olivia)).Accounts);
        var all = (await bank.AskAsync(new BankRequest.AllAccounts(Take: 4), olivia)).Accounts;
        Assert.Equal(4, all.Count);
        all = (await bank.AskAsync(new BankRequest.AllAccounts(After: all[^1].Number), olivia)).Accounts;
        Assert.Equal([OpenBank.Grace], all.Select(account => account.Number));
    }

    [Theory]
    [BothDatabases]
    public async Task The_audit_trail_shows_ones_own_acts_and_officers_everybodys(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var (ada, olivia) = (await bank.SignInAsync("ada"), await bank.SignInAsync("olivia"));
        await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), ada);
        await bank.AskAsync(new BankRequest.Freeze(OpenBank.Ada, "Card lost"), olivia);
        await bank.RefusedAsync(new BankRequest.SignIn("ada", "wrong"));

        var own = (await bank.AskAsync(new BankRequest.AuditTrail(), ada)).Entries;
        var first = await bank.AskAsync(new BankRequest.AuditTrail(Take: 3, Everyone: true), olivia);
        var rest = await bank.AskAsync(new BankRequest.AuditTrail(first.Next, Everyone: true), olivia);

        Assert.Equal(["sign-in-refused", "transfer", "sign-in"], own.Select(entry => entry.Action));
        Assert.Equal(
            [
                ("ada", "sign-in-refused"), ("olivia", "freeze"), ("ada", "transfer"), ("olivia", "sign-in"),
                ("ada", "sign-in"),
            ],
            first.Entries.Concat(rest.Entries).Select(entry => (entry.Who, entry.Action)));
        Assert.Null(rest.Next);
        Assert.StartsWith($"0.01 EUR to {OpenBank.Grace}, transfer ", own[1].Details, StringComparison.Ordinal);
    }
}
