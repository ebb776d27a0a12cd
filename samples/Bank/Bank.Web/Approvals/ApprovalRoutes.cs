using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Approvals;

/// <summary>Transfers that wait for a second person.</summary>
public static class ApprovalRoutes
{
    public static void Map(Routes routes)
    {
        routes.Get("/approvals", ShowAsync);
        routes.Post("/approvals/approve", ApproveAsync, keep: (_, _) => "/approvals");
        routes.Post("/approvals/refuse", RefuseAsync, keep: (_, _) => "/approvals");
    }

    private static async Task ShowAsync(Visit visit) => await visit.ShowAsync<ApprovalsPage>(parameters: new()
    {
        [nameof(ApprovalsPage.Approvals)] = (await visit.AskAsync(new BankRequest.Approvals())).Approvals,
        [nameof(ApprovalsPage.Done)] = visit.Http.Request.Query["done"].ToString(),
    });

    private static async Task ApproveAsync(Visit visit, Form form)
    {
        await visit.AskAsync(new BankRequest.Approve(form["id"]));
        await visit.GoAsync("/approvals?done=approved");
    }

    private static async Task RefuseAsync(Visit visit, Form form)
    {
        await visit.AskAsync(new BankRequest.Refuse(form["id"]));
        await visit.GoAsync("/approvals?done=refused");
    }
}
