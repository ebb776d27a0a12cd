using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Security;

/// <summary>What was done in a customer's name, and the way to end it everywhere.</summary>
public static class SecurityRoutes
{
    public static void Map(Routes routes)
    {
        routes.Get("/security", visit => ShowAsync(visit, isEverybody: false));
        routes.Get("/desk/audit", visit => ShowAsync(visit, isEverybody: true), Audience.Officers);
    }

    private static async Task ShowAsync(Visit visit, bool isEverybody)
    {
        var trail = await visit.AskAsync(new BankRequest.AuditTrail(visit.Before, Everyone: isEverybody));
        await visit.ShowAsync<SecurityPage>(parameters: new()
        {
            [nameof(SecurityPage.Trail)] = trail,
            [nameof(SecurityPage.IsEverybody)] = isEverybody,
            [nameof(SecurityPage.IsFirst)] = visit.Before is null,
        });
    }
}
