using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bank.Database;
using Bank.Protocol;

namespace Switchboard.Bench.Bank;

/// <summary>Fifty accounts of ten customers who are signed in, and transfers between them by chance.</summary>
internal static class Books
{
    private const int Accounts = 50;
    private const int Customers = 10;

    public static async Task FillAsync(string database)
    {
        await using var bank = BankDatabase.Open(database);
        await bank.WriteAsync(Fill);
    }

    /// <summary>Whether nothing was lost or made up.</summary>
    public static async Task<LedgerCheck> CheckAsync(string database)
    {
        await using var bank = BankDatabase.Open(database);

        return await bank.ReadAsync(LedgerCheck.Run);
    }

#pragma warning disable CA5394 // Who pays whom is no secret.
    /// <summary>The next transfer of one who asks one after the other.</summary>
    public static BankRequest.Transfer Next(Random chance, string asker, int number)
    {
        var payer = chance.Next(1, Accounts + 1);
        var payee = ((payer + chance.Next(Accounts - 1)) % Accounts) + 1;

        return new BankRequest.Transfer(
            AccountNumber.For(payer),
            AccountNumber.For(payee),
            chance.Next(1, 100),
            "Bench",
            Category.Other,
            string.Create(CultureInfo.InvariantCulture, $"key-{asker}-{number:D10}")) { Token = TokenOf(payer) };
    }
#pragma warning restore CA5394

    public static string CustomerOf(int payer) => $"customer-{payer % Customers}";

    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    private static string TokenOf(int payer) => $"token-of-{CustomerOf(payer)}";

    private static void Fill(Desk desk)
    {
        var now = TimeProvider.System.GetUtcNow();
        Ledger.Open(desk, Account(0), [], isBanks: true);
        for (var customer = 0; customer < Customers; customer++)
        {
            SignIns.Add(desk, new(CustomerOf(customer), $"Customer {customer}", false, "", "", 0));
            SignIns.AddToken(
                desk,
                HashOf(TokenOf(customer)),
                CustomerOf(customer),
                now.ToUnixTimeMilliseconds(),
                now.AddHours(10).ToUnixTimeMilliseconds());
        }

        for (var serial = 1; serial <= Accounts; serial++)
        {
            Ledger.Open(desk, Account(serial), [CustomerOf(serial)]);
            var rows = Ledger.Lock(desk, AccountNumber.For(0), AccountNumber.For(serial), "");
            Ledger.Post(
                desk,
                new(NewId(now), now, rows[0], rows[1], 1_000_000_00, "", Category.Other, "", CountsToLimit: false));
        }
    }

    private static BankReply.Account Account(int serial) =>
        new(AccountNumber.For(serial), "Account", [$"Owner {serial}"], 0, 0, 1_000_000_00, 0, false);
}
