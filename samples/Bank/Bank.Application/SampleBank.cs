using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Customers, accounts and half a year of transfers, for a bank to look at. The same every time, but for today.
/// </summary>
public static class SampleBank
{
    private const int Days = 180;
    private const long NoLimit = 1_000_000_000_00;

    public static IReadOnlyList<SampleCustomer> Customers { get; } =
    [
        new("ada", "Ada Lovelace", "difference-engine", "KRUGKIDROVUWG2ZAMJZG653O"),
        new("charles", "Charles Babbage", "analytical-mill", "MJZG653OEBTG66BANJ2W24DT"),
        new("grace", "Grace Hopper", "nanosecond-wire", "N53GK4RAORUGKIDMMF5HSIDE"),
        new("olivia", "Olivia Officer", "vault-and-ledger", "NFXCA5DIMUQHMYLVNR2CA2LT", IsOfficer: true),
    ];

    /// <summary>
    /// The bank's own account: what customers brought along came from here, so that the ledger sums to zero.
    /// </summary>
    public static string Vault { get; } = AccountNumber.For(0);

    private static readonly (string Number, string Name, string Owner, string[] Customers)[] Accounts =
    [
        (AccountNumber.For(1), "Current account", "Ada Lovelace", ["ada"]),
        (AccountNumber.For(2), "Savings", "Ada Lovelace", ["ada"]),
        (AccountNumber.For(3), "Household", "", ["ada", "charles"]),
        (AccountNumber.For(4), "Current account", "Charles Babbage", ["charles"]),
        (AccountNumber.For(5), "Current account", "Grace Hopper", ["grace"]),
        (AccountNumber.For(11), "Wages", "Engine Works", []),
        (AccountNumber.For(12), "Rent", "Thames Housing", []),
        (AccountNumber.For(13), "Till", "Corner Grocery", []),
        (AccountNumber.For(14), "Tickets", "City Trams", []),
        (AccountNumber.For(15), "Fees", "Light & Water", []),
        (AccountNumber.For(16), "Box office", "Lyceum Theatre", []),
    ];

    /// <summary>Fills a database that has no customers; leaves any other as it is.</summary>
    public static Task FillAsync(BankDatabase database, BankRules rules, TimeProvider time) =>
        database.WriteAsync(desk =>
        {
            if (!SignIns.HasCustomers(desk))
            {
                Fill(desk, rules, time.GetUtcNow());
            }
        });

    private static void Fill(Desk desk, BankRules rules, DateTimeOffset now)
    {
        foreach (var person in Customers)
        {
            var password = Passwords.Hash(person.Password, rules.PasswordIterations);
            SignIns.Add(desk, new(person.Name, person.FullName, person.IsOfficer, password, person.TotpSecret, 0));
        }

        Ledger.Open(desk, new(Vault, "Vault", ["Switchboard Bank"], 0, 0, NoLimit, 0, false), [], isBanks: true);
        foreach (var (number, name, owner, customers) in Accounts)
        {
            IReadOnlyList<string> holders = customers is [] or [_] ? [owner] : [.. customers.Select(FullNameOf)];
            Ledger.Open(desk, new(number, name, holders, 0, 500_00, DailyLimit: 2_500_00, 0, false), customers);
        }

        var chance = new Random(7342);
        for (var ago = Days; ago > 0; ago--)
        {
            FillDay(desk, chance, now, ago);
        }

        Audit.Write(desk, now, "", "bank-opened", "", "Filled with sample customers.");
    }

    private static void FillDay(Desk desk, Random chance, DateTimeOffset now, int ago)
    {
        var morning = now.AddDays(-ago).Date;
        var minute = 8 * 60;
        if (ago == Days)
        {
            foreach (var serial in (int[])[1, 2, 3, 4, 5, 11])
            {
                Move(0, serial, serial == 11 ? 500_000_00 : 2_400_00, "Opening balance", Category.Other);
            }
        }

        if (morning.Day == 1)
        {
            Move(11, 1, 3_150_00, "Salary", Category.Income);
            Move(11, 4, 2_980_00, "Salary", Category.Income);
            Move(11, 5, 3_400_00, "Salary", Category.Income);
            Move(1, 3, 900_00, "Household", Category.Housing);
            Move(4, 3, 900_00, "Household", Category.Housing);
        }

        if (morning.Day == 3)
        {
            Move(3, 12, 1_180_00, $"Rent {morning:MMMM}", Category.Housing);
            Move(3, 15, 140_00 + chance.Next(40_00), "Electricity and water", Category.Utilities);
            Move(5, 12, 980_00, $"Rent {morning:MMMM}", Category.Housing);
            Move(1, 2, 250_00, "For a rainy day", Category.Savings);
        }

        Often(1, 13, 18_00, 45, "Groceries", Category.Groceries);
        Often(5, 13, 22_00, 40, "Groceries", Category.Groceries);
        Often(3, 13, 45_00, 30, "Groceries for two", Category.Groceries);
        Often(1, 14, 2_80, 60, "Tram", Category.Transport);
        Often(4, 14, 2_80, 35, "Tram", Category.Transport);
        Often(1, 16, 34_00, 8, "Two seats in the stalls", Category.Leisure);
        Often(4, 16, 21_00, 9, "One seat, restricted view", Category.Leisure);

        void Often(int payer, int payee, long amount, int percent, string reference, Category category)
        {
            if (chance.Next(100) < percent)
            {
                Move(payer, payee, amount + chance.Next((int)amount), reference, category);
            }
        }

        void Move(int payer, int payee, long amount, string reference, Category category)
        {
            minute += 1 + chance.Next(55);
            var time = new DateTimeOffset(morning, TimeSpan.Zero).AddMinutes(minute);
            Post(desk, AccountNumber.For(payer), AccountNumber.For(payee), amount, reference, category, time);
        }
    }

    private static void Post(
        Desk desk, string payer, string payee, long amount, string reference, Category category, DateTimeOffset time)
    {
        var rows = Ledger.Lock(desk, payer, payee, customer: "");
        var from = rows.Single(row => row.Number == payer);
        var move = new NewTransfer(
            Guid.CreateVersion7(time).ToString("N"),
            time,
            from,
            rows.Single(row => row.Number == payee),
            amount,
            reference,
            category,
            Customer: "",
            CountsToLimit: false);
        if (from.IsBanks || from.Balance + from.Overdraft >= amount)
        {
            Ledger.Post(desk, move);
        }
    }

    private static string FullNameOf(string name) => Customers.Single(person => person.Name == name).FullName;
}
