using Bank.Web.Visits;

namespace Bank.Web.Frame;

/// <summary>One of the ways to go from every page.</summary>
/// <param name="Count">How much waits there for this customer.</param>
public sealed record Way(string Path, string Title, string Icon, int Count = 0)
{
    public static IEnumerable<Way> For(Visit visit)
    {
        var approvals = new Way("/approvals", "Approvals", "approve", visit.Waiting);
        var security = new Way("/security", "Security", "shield");
        return visit.Customer is { IsOfficer: true }
            ? [new("/desk", "Accounts", "home"), approvals, new("/desk/audit", "Audit trail", "list"), security]
            :
            [
                new("/", "Overview", "home"), new("/transfer", "Transfer", "send"),
                new("/standing-orders", "Standing orders", "repeat"), approvals, security,
            ];
    }
}
