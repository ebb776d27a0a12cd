using Bank.Web.Charts;
using Bank.Web.Visits;

namespace Bank.Web.Overview;

/// <summary>The first page.</summary>
public static class OverviewRoutes
{
    public static void Map(Routes routes) => routes.Get("/", ShowAsync);

    private static async Task ShowAsync(Visit visit)
    {
        if (visit.Customer is { IsOfficer: true })
        {
            await visit.GoAsync("/desk");
            return;
        }

        var range = DayRange.Of(visit.Http.Request.Query["days"]);
        await visit.ShowAsync<OverviewPage>(parameters: new()
        {
            [nameof(OverviewPage.Overview)] = await CustomerOverview.LoadAsync(visit, range.Days),
            [nameof(OverviewPage.Range)] = range,
        });
    }
}
