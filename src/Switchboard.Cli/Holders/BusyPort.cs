namespace Switchboard.Cli.Holders;

/// <summary>What to say when an endpoint is taken: by whom, and what to do.</summary>
internal static class BusyPort
{
    /// <summary>One line: who holds it, as far as that can be seen, and the next step.</summary>
    public static string Explain(Endpoint endpoint) => Explain(endpoint, HolderSearch.Find(endpoint));

    internal static string Explain(Endpoint endpoint, IReadOnlyList<Holder> holders)
    {
        var listeners = holders.Where(holder => holder.State == SocketState.Listen).ToArray();
        var inTheWay = listeners.Length > 0 ? listeners : [.. holders];
        var name = endpoint is TcpEndpoint ? endpoint.ToString()["tcp://".Length..] : endpoint.ToString();
        var who = HolderReport.NamesOf(inTheWay) is { } names ? $"{name} is held by {names}."
            : inTheWay.FirstOrDefault(holder => holder.IsHidden) is { } hidden
                ? $"{name} is held by a process of {WhoseOf(hidden)}; \"sudo switchboard who {AskFor(endpoint)}\" names it."
            : $"{name} is in use; no process that can be seen listens there.";
        return $"{who} {NextStep(endpoint)}";
    }

    private static string WhoseOf(Holder hidden) => hidden.User is { } user ? $"user {user}" : "another user";

    private static string AskFor(Endpoint endpoint) => endpoint is TcpEndpoint tcp ? $":{tcp.Port}" : $"{endpoint}";

    private static string NextStep(Endpoint endpoint) =>
        endpoint is TcpEndpoint ? "Use :0 for a free port." : "Use another path, or stop that process.";
}
