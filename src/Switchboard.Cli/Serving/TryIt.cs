namespace Switchboard.Cli.Serving;

/// <summary>A command line to try on servers that run.</summary>
internal static class TryIt
{
    private const string BestShown = "reverse";

    /// <summary>One command line for one of the servers: the one that shows most, if it is there.</summary>
    public static string For(IReadOnlyList<RunningServer> servers)
    {
        var best = servers.FirstOrDefault(each => each.Plan is { Service.Name: BestShown, Framing: null });
        var shown = best ?? servers[0];
        if (shown.Plan.Tls is not null)
        {
            return $"switchboard connect {shown.Server.Local} --tls";
        }

        var line = shown.Plan.Service.TryIt(Target(shown.Server.Local));

        // Netcat reaches nothing else.
        return shown.Server.Local is TcpEndpoint or UnixEndpoint
            ? line
            : line.Replace("nc -N ", "nc ", StringComparison.Ordinal)
                .Replace("nc ", "switchboard connect ", StringComparison.Ordinal);
    }

    /// <summary>An endpoint as netcat wants it.</summary>
    private static string Target(Endpoint endpoint) => endpoint switch
    {
        TcpEndpoint { IsAnyAddress: true } tcp => $"localhost {tcp.Port}",
        TcpEndpoint tcp => $"{tcp.Host} {tcp.Port}",
        UnixEndpoint unix => $"-U {unix.Path}",
        PipeEndpoint { SocketPath: { } path } => $"-U {path}",
        _ => $"{endpoint}",
    };
}
