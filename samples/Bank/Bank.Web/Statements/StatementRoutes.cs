using Bank.Protocol;
using Bank.Web.Charts;
using Bank.Web.Visits;

namespace Bank.Web.Statements;

/// <summary>What happened in an account, as a page and as a file.</summary>
public static class StatementRoutes
{
    private const int EntriesOfPage = 50;

    public static void Map(Routes routes)
    {
        routes.Get("/accounts/{number}", ShowAsync);
        routes.Get("/accounts/{number}/statement.csv", ExportAsync);
    }

    private static async Task ShowAsync(Visit visit)
    {
        var number = NumberOf(visit);
        var filter = StatementFilter.Of(visit.Http.Request.Query);
        var range = DayRange.Of(visit.Http.Request.Query["days"]);
        var asked = filter.Form.IsFine ? filter : StatementFilter.Of(new QueryCollection());
        var statement = visit.AskAsync(asked.ToRequest(number, visit.Before, EntriesOfPage));
        var history = visit.AskAsync(new BankRequest.BalanceHistory(number, range.Days));
        await Task.WhenAll(statement, history);
        await visit.ShowAsync<StatementPage>(
            filter.Form.IsFine ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            new()
            {
                [nameof(StatementPage.Statement)] = await statement,
                [nameof(StatementPage.Balances)] = (await history).Points,
                [nameof(StatementPage.Filter)] = filter,
                [nameof(StatementPage.Range)] = range,
                [nameof(StatementPage.IsFirst)] = visit.Before is null,
            });
    }

    private static async Task ExportAsync(Visit visit)
    {
        var filter = StatementFilter.Of(visit.Http.Request.Query);
        if (filter.Form.IsFine)
        {
            await new StatementFile(visit, NumberOf(visit), filter).SendAsync();
        }
        else
        {
            await Refusal.ShowAsync(visit, StatusCodes.Status400BadRequest);
        }
    }

    /// <exception cref="BankException">It is no number of this bank, so there is no such account.</exception>
    private static string NumberOf(Visit visit)
    {
        var number = (string)visit.Http.Request.RouteValues["number"]!;
        return AccountNumber.IsValid(number)
            ? number
            : throw new BankException(BankError.NotFound, "This is no account's number.");
    }
}
