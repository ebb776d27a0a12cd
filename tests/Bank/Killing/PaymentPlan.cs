using System.Globalization;
using Bank.Application;
using Bank.Database;
using Bank.Protocol;

namespace Bank.Tests.Killing;

/// <summary>Transfers between fifty accounts of ten customers, the same for everybody who knows the seed.</summary>
internal sealed class PaymentPlan
{
    public const int Transfers = 2000;

    private const int Accounts = 50;
    private const int Customers = 10;
    private const string Token = "token-of-customer-";

    private readonly BankRequest.Transfer[] _transfers;

    public PaymentPlan(int seed)
    {
        var chance = new Random(seed);
        _transfers = [.. Enumerable.Range(0, Transfers).Select(index => Make(index, chance))];
    }

    /// <summary>A transfer, with its payer's token and a key and a reference of its own.</summary>
    public BankRequest.Transfer this[int index] => _transfers[index];

    /// <summary>What its reference is in the ledger.</summary>
    public static string ReferenceOf(int index) => $"payment {index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Opens the accounts, with money for everything, and signs everybody in.</summary>
    public static void Fill(Desk desk)
    {
        var now = TimeProvider.System.GetUtcNow();
        Ledger.Open(desk, Account(0), [], isBanks: true);
        for (var customer = 0; customer < Customers; customer++)
        {
            var name = $"customer-{customer}";
            SignIns.Add(desk, new(name, name, false, "", OpenBank.Secret, 0));
            SignIns.AddToken(
                desk, SignInDesk.HashOf(Token + customer), name, Milliseconds(now), Milliseconds(now.AddHours(1)));
        }

        for (var serial = 1; serial <= Accounts; serial++)
        {
            Ledger.Open(desk, Account(serial), [$"customer-{serial % Customers}"]);
            OpenBank.Bring(desk, AccountNumber.For(serial), 100_000_00, now);
        }
    }

    private static BankRequest.Transfer Make(int index, Random chance)
    {
        var payer = chance.Next(1, Accounts + 1);
        var payee = ((payer + chance.Next(Accounts - 1)) % Accounts) + 1;

        return new BankRequest.Transfer(
            AccountNumber.For(payer),
            AccountNumber.For(payee),
            chance.Next(1, 10_00),
            ReferenceOf(index),
            Category.Other,
            $"key-of-payment-{index:D6}") { Token = Token + (payer % Customers) };
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static BankReply.Account Account(int serial) =>
        new(AccountNumber.For(serial), "Account", [$"Owner {serial}"], 0, 0, 100_000_00, 0, false);
}
