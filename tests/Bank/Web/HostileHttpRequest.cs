namespace Bank.Tests.Web;

/// <summary>A request that no page of the bank makes.</summary>
/// <param name="Name">What it tries.</param>
/// <param name="Status">What it has to be answered with.</param>
/// <param name="SendAsync">Sends it, as ada, who has signed in.</param>
internal sealed record HostileHttpRequest(string Name, int Status, Func<HttpVisit, WebRun, Task<HttpAnswer>> SendAsync)
{
    /// <summary>Where a browser is sent that has not signed in.</summary>
    public string Location { get; init; } = "";

    public override string ToString() => Name;
}
