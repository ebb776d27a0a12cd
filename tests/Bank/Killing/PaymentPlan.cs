using System.Globalization;
using Bank.Database;
using Bank.Protocol;

namespace Bank.Tests.Killing;

/// <summary>Payments between fifty accounts of ten customers, the same for everybody who knows the seed.</summary>
internal static class PaymentPlan
{
    public const int Customers = 10;

    private const int Accounts = 50;

    public static string NameOf(int customer) => $"customer-{customer.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What a payment's reference is in the ledger.</summary>
    public static string ReferenceOf(int index) => $"payment {index.ToString(CultureInfo.InvariantCulture)}";

    public static IReadOnlyList<PlannedPayment> Make(int count, int seed)
    {
        var chance = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(index => Make(index, chance))];
    }

    /// <summary>Opens the accounts, with money for everything.</summary>
    public static void Fill(Desk desk)
    {
        var now = TimeProvider.System.GetUtcNow();
        var password = OpenBank.HashOf(OpenBank.Password);
        Ledger.Open(desk, Account(0), [], isBanks: true);
        for (var customer = 0; customer < Customers; customer++)
        {
            var name = NameOf(customer);
            SignIns.Add(desk, new(name, name, false, password, OpenBank.Secret, 0));
        }

        for (var serial = 1; serial <= Accounts; serial++)
        {
            Ledger.Open(desk, Account(serial), [NameOf(serial % Customers)]);
            OpenBank.Bring(desk, AccountNumber.For(serial), 100_000_00, now);
        }
    }

    private static PlannedPayment Make(int index, Random chance)
    {
        var payer = chance.Next(1, Accounts + 1);
        var payee = ((payer + chance.Next(Accounts - 1)) % Accounts) + 1;
        var cents = chance.Next(1, 10_00);

        return new PlannedPayment(
            payer % Customers,
            AccountNumber.For(payer),
            AccountNumber.For(payee),
            (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture),
            ReferenceOf(index));
    }

    private static BankReply.Account Account(int serial) =>
        new(AccountNumber.For(serial), "Account", [$"Owner {serial}"], 0, 0, 100_000_00, 0, false);
}
