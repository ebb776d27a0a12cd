using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Overview;

/// <summary>All that a customer has, at one look.</summary>
/// <param name="Accounts">In the bank's order, each with its balances by day.</param>
/// <param name="Balances">Of all accounts together, by day.</param>
/// <param name="Latest">The newest entries of all accounts, with the account.</param>
/// <param name="Spending">By category, the largest first; without money between the customer's own accounts.</param>
public sealed record CustomerOverview(
    IReadOnlyList<(BankReply.Account Account, IReadOnlyList<BankReply.BalancePoint> Balances)> Accounts,
    IReadOnlyList<BankReply.BalancePoint> Balances,
    IReadOnlyList<(BankReply.Account Account, BankReply.Entry Entry)> Latest,
    IReadOnlyList<(Category Category, long Amount)> Spending)
{
    /// <summary>How far back spending is summed up.</summary>
    public const int SpendingDays = 30;

    private const int LatestEntries = 7;
    private const int EntriesOfPage = 100;
    private const int MaxPages = 10;

    public long Total => Accounts.Sum(each => each.Account.Balance);

    /// <param name="visit">Whose.</param>
    /// <param name="days">How many days of balances.</param>
    public static async Task<CustomerOverview> LoadAsync(Visit visit, int days)
    {
        var accounts = (await visit.AskAsync(new BankRequest.Accounts())).Accounts;
        var histories = accounts.Select(
            account => visit.AskAsync(new BankRequest.BalanceHistory(account.Number, days))).ToList();
        var entries = accounts.Select(account => EntriesAsync(visit, account)).ToList();
        await Task.WhenAll([.. histories, .. entries]);

        var all = (await Task.WhenAll(entries)).SelectMany(each => each).ToList();
        var balances = (await Task.WhenAll(histories)).Select(history => history.Points).ToList();
        return new(
            [.. accounts.Zip(balances)],
            Sum(balances),
            [.. all.OrderByDescending(each => each.Entry.Time).Take(LatestEntries)],
            SpendingOf(all, [.. accounts.Select(account => account.Number)]));
    }

    private static async Task<List<(BankReply.Account Account, BankReply.Entry Entry)>> EntriesAsync(
        Visit visit, BankReply.Account account)
    {
        var from = new DateTimeOffset(visit.Today.AddDays(1 - SpendingDays), TimeOnly.MinValue, TimeSpan.Zero);
        var found = new List<(BankReply.Account, BankReply.Entry)>();
        long? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var statement = await visit.AskAsync(
                new BankRequest.Statement(account.Number, before, EntriesOfPage, From: from));
            found.AddRange(statement.Entries.Select(entry => (account, entry)));
            before = statement.Next;
            if (before is null)
            {
                break;
            }
        }

        return found;
    }

    private static List<BankReply.BalancePoint> Sum(IEnumerable<IReadOnlyList<BankReply.BalancePoint>> histories) =>
    [
        .. histories.SelectMany(points => points)
            .GroupBy(point => point.Day, point => point.Balance)
            .OrderBy(day => day.Key)
            .Select(day => new BankReply.BalancePoint(day.Key, day.Sum())),
    ];

    private static List<(Category Category, long Amount)> SpendingOf(
        List<(BankReply.Account Account, BankReply.Entry Entry)> all, HashSet<string> own) =>
    [
        .. all.Select(each => each.Entry)
            .Where(entry => entry.Amount < 0 && !own.Contains(entry.Other))
            .GroupBy(entry => entry.Category, entry => -entry.Amount)
            .Select(category => (category.Key, category.Sum()))
            .OrderByDescending(category => category.Item2),
    ];
}
