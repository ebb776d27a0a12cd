using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Overview;

/// <summary>All that a customer has, at one look.</summary>
/// <param name="Accounts">In the bank's order, each with its balances by day.</param>
/// <param name="Balances">Of all accounts together, by day.</param>
/// <param name="Latest">The newest entries of all accounts, with the account.</param>
/// <param name="Spending">By category, the largest first.</param>
public sealed record CustomerOverview(
    IReadOnlyList<(BankReply.Account Account, IReadOnlyList<BankReply.BalancePoint> Balances)> Accounts,
    IReadOnlyList<BankReply.BalancePoint> Balances,
    IReadOnlyList<(BankReply.Account Account, BankReply.Entry Entry)> Latest,
    IReadOnlyList<BankReply.Spent> Spending)
{
    /// <summary>How far back spending is summed up.</summary>
    public const int SpendingDays = 30;

    private const int LatestEntries = 7;

    public long Total => Accounts.Sum(each => each.Account.Balance);

    /// <param name="visit">Whose.</param>
    /// <param name="days">How many days of balances.</param>
    public static async Task<CustomerOverview> LoadAsync(Visit visit, int days)
    {
        var spending = visit.AskAsync(new BankRequest.Spending(SpendingDays));
        var accounts = (await visit.AskAsync(new BankRequest.Accounts())).Accounts;
        var histories = accounts.Select(
            account => visit.AskAsync(new BankRequest.BalanceHistory(account.Number, days))).ToList();
        var statements = accounts.Select(
            account => visit.AskAsync(new BankRequest.Statement(account.Number, Take: LatestEntries))).ToList();
        await Task.WhenAll([spending, .. histories, .. statements]);

        var balances = (await Task.WhenAll(histories)).Select(history => history.Points).ToList();
        return new(
            [.. accounts.Zip(balances)],
            Sum(balances),
            Newest(await Task.WhenAll(statements)),
            (await spending).Categories);
    }

    private static List<(BankReply.Account Account, BankReply.Entry Entry)> Newest(
        IEnumerable<BankReply.StatementPage> statements) =>
    [
        .. statements.SelectMany(page => page.Entries.Select(entry => (page.Of, entry)))
            .OrderByDescending(each => each.entry.Time)
            .Take(LatestEntries),
    ];

    private static List<BankReply.BalancePoint> Sum(IEnumerable<IReadOnlyList<BankReply.BalancePoint>> histories) =>
    [
        .. histories.SelectMany(points => points)
            .GroupBy(point => point.Day, point => point.Balance)
            .OrderBy(day => day.Key)
            .Select(day => new BankReply.BalancePoint(day.Key, day.Sum())),
    ];
}
