using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Approvals;

/// <summary>Transfers that wait for a second person.</summary>
public static class ApprovalRoutes
{
    private const int MaxIdChars = 64;

    public static void Map(Routes routes)
    {
        routes.Get("/approvals", ShowAsync);
        routes.Post("/approvals/approve", (visit, form) => DecideAsync(
            visit, form, "approved", id => visit.AskAsync(new BankRequest.Approve(id))), keep: Keep);
        routes.Post("/approvals/refuse", (visit, form) => DecideAsync(
            visit, form, "refused", id => visit.AskAsync(new BankRequest.Refuse(id))), keep: Keep);
    }

    private static string Keep(Visit visit, Form form) => "/approvals";

    private static async Task ShowAsync(Visit visit) => await visit.ShowAsync<ApprovalsPage>(parameters: new()
    {
        [nameof(ApprovalsPage.Approvals)] = (await visit.AskAsync(new BankRequest.Approvals())).Approvals,
        [nameof(ApprovalsPage.Done)] = visit.Http.Request.Query["done"].ToString(),
    });

    private static async Task DecideAsync(Visit visit, Form form, string done, Func<string, Task> decide)
    {
        if (form["id"].Length is 0 or > MaxIdChars)
        {
            await Refusal.ShowAsync(visit, StatusCodes.Status400BadRequest);
            return;
        }

        await decide(form["id"]);
        await visit.GoAsync($"/approvals?done={done}");
    }
}
