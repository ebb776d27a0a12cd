using Bank.Database;
using Bank.Protocol;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class LedgerPropertyTests(PostgresServer postgres)
{
    private static readonly string[] Accounts =
        [OpenBank.Ada, OpenBank.AdasSavings, OpenBank.Joint, OpenBank.Charles, OpenBank.Grace];

    [Theory]
    [BothDatabases]
    public async Task Whatever_is_asked_balances_are_those_of_a_simple_model_and_the_books_are_right(DatabaseKind kind)
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var chance = new Random((int)(seed % int.MaxValue));
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var tokens = new Dictionary<string, string>();
        foreach (var name in (string[])["ada", "charles", "grace"])
        {
            tokens[name] = await bank.SignInAsync(name);
        }

        var model = Accounts.ToDictionary(one => one, one => one == OpenBank.AdasSavings ? 0 : 1_000_00L);
        var spent = new Dictionary<string, long>();
        for (var step = 0; step < 200; step++)
        {
            var who = chance.GetItems([.. tokens.Keys], 1)[0];
            var asked = bank.Transfer(
                chance.GetItems(Accounts, 1)[0], chance.GetItems(Accounts, 1)[0], chance.Next(-50_00, 400_00));
            var expected = Apply(model, spent, who, asked);
            BankError? error = null;
            try
            {
                await bank.AskAsync(asked, tokens[who]);
            }
            catch (BankException refused)
            {
                error = refused.Error;
            }

            Assert.Equal(expected, error);
        }

        foreach (var account in Accounts)
        {
            Assert.Equal(model[account], await bank.BalanceAsync(account));
        }
    }

    [Theory]
    [BothDatabases]
    public async Task Whatever_happens_at_once_every_snapshot_is_right(DatabaseKind kind)
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var chance = new Random((int)(seed % int.MaxValue));
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var ada = await bank.SignInAsync("ada");
        string[] adas = [OpenBank.Ada, OpenBank.AdasSavings, OpenBank.Joint];

        var asked = Enumerable.Range(0, 300)
            .Select(_ => chance.GetItems(adas, 2))
            .Select(ends => bank.Transfer(ends[0], ends[1], chance.Next(1, 300_00)))
            .Where(transfer => transfer.From != transfer.To)
            .Select(async transfer => await Record.ExceptionAsync(() => bank.AskAsync(transfer, ada))
                is null or BankException { Error: BankError.InsufficientFunds })
            .ToList();
        while (!asked.TrueForAll(one => one.IsCompleted))
        {
            Assert.True((await bank.Database.ReadAsync(LedgerCheck.Run).Soon()).IsRight);
        }

        Assert.All(await Task.WhenAll(asked), Assert.True);
        var sum = 0L;
        foreach (var account in adas)
        {
            sum += await bank.BalanceAsync(account);
        }

        Assert.Equal(2_000_00, sum);
    }

    // What the bank is supposed to do, in as few lines as possible, on one day.
    private static BankError? Apply(
        Dictionary<string, long> model, Dictionary<string, long> spent, string who, BankRequest.Transfer asked)
    {
        string[] own = who switch
        {
            "ada" => [OpenBank.Ada, OpenBank.AdasSavings, OpenBank.Joint],
            "charles" => [OpenBank.Charles, OpenBank.Joint],
            _ => [OpenBank.Grace],
        };
        var counts = own.Contains(asked.To) ? 0 : asked.Amount;
        var floor = asked.From == OpenBank.Joint ? -500_00 : 0;
        var error = asked switch
        {
            _ when asked.From == asked.To => BankError.InvalidPayee,
            { Amount: < 1 } => BankError.InvalidAmount,
            _ when !own.Contains(asked.From) => BankError.NotFound,
            _ when model[asked.From] - asked.Amount < floor => BankError.InsufficientFunds,
            _ when spent.GetValueOrDefault(asked.From) + counts > 2_000_00 => BankError.LimitExceeded,
            _ => (BankError?)null,
        };
        if (error is null)
        {
            model[asked.From] -= asked.Amount;
            model[asked.To] += asked.Amount;
            spent[asked.From] = spent.GetValueOrDefault(asked.From) + counts;
        }

        return error;
    }
}
