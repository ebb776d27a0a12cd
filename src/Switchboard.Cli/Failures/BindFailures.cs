using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Failures;

/// <summary>Why an endpoint cannot be listened at, and who is in the way.</summary>
internal static class BindFailures
{
    private const int FirstFreePort = 1024;

    public static Failure Explain(BindException error, IPortHolders holders)
    {
        var what = $"cannot listen at {error.Endpoint}.";
        return error switch
        {
            { Failure: BindFailure.InUse, Endpoint: HostEndpoint host } =>
                new(ExitCode.Unreachable, what, WhoHolds(host, holders), NextFor(host)),
            { Failure: BindFailure.InUse, Endpoint: UnixEndpoint } => new(
                ExitCode.Unreachable,
                what,
                $"{holders.Find(error.Endpoint)?.ToString() ?? "Another process"} listens at that path.",
                $"See who: switchboard who {error.Endpoint} — or take another path."),
            { Failure: BindFailure.InUse, Endpoint: PipeEndpoint } => new(
                ExitCode.Unreachable,
                what,
                $"{holders.Find(error.Endpoint)?.ToString() ?? "Another process"} listens at that name.",
                $"See who: switchboard who {error.Endpoint} — or take another name."),
            { Failure: BindFailure.InUse, Endpoint: SharedMemoryEndpoint } =>
                new(ExitCode.Unreachable, what, $"{error.Problem}.", "Stop that one, or take another name."),
            { Failure: BindFailure.Denied, Endpoint: HostEndpoint { Port: < FirstFreePort and > 0 } } => new(
                ExitCode.Unreachable,
                what,
                $"{error.Problem}; ports below {FirstFreePort} are the administrator's.",
                $"Take a port from {FirstFreePort} up, or :0 for a free one."),
            { Failure: BindFailure.NotLocal, Endpoint: TcpEndpoint } => new(
                ExitCode.Unreachable,
                what,
                error.Problem,
                "Use :PORT for this machine only, 0.0.0.0:PORT for everyone."),
            { Failure: BindFailure.NotFound, Endpoint: UnixEndpoint } => new(
                ExitCode.Unreachable, what, error.Problem, "Make the directory first, or check the path."),
            _ => new(ExitCode.Unreachable, what, error.Problem),
        };
    }

    private static string WhoHolds(HostEndpoint endpoint, IPortHolders holders) =>
        holders.Find(endpoint) is { } holder
            ? $"{holder} holds port {endpoint.Port}."
            : $"Another process holds port {endpoint.Port}.";

    private static string NextFor(HostEndpoint endpoint) =>
        $"See who: switchboard who {(endpoint is UdpEndpoint ? "udp://" : "")}:{endpoint.Port} "
        + "— or use port 0 for a free one.";
}
