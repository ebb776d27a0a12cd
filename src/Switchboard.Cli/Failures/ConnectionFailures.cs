namespace Switchboard.Cli.Failures;

/// <summary>Why a connection was not made, or broke.</summary>
internal static class ConnectionFailures
{
    private const string Connect = "connect";

    public static Failure Explain(ConnectionException error) => error switch
    {
        ConnectionRefusedException => new(
            ExitCode.Unreachable,
            $"{error.Remote} refused the connection.",
            error.Remote is HostEndpoint ? "The machine answered, but nothing listens there." : $"{error.Problem}.",
            error.Remote is TcpEndpoint tcp
                ? $"See who listens: switchboard who :{tcp.Port}"
                : error.Remote is UdpEndpoint udp
                ? $"See who listens: switchboard who udp://:{udp.Port}"
                : $"Start the server first, or check the {(error.Remote is UnixEndpoint ? "path" : "name")}."),
        HostNotFoundException => new(
            ExitCode.Unreachable, $"{error.Remote} was not found.", error.Problem, "Check the spelling of the name."),
        HostUnreachableException => new(
            ExitCode.Unreachable,
            $"{error.Remote} cannot be reached.",
            error.Problem,
            "Check the address, and the network of this machine."),
        ConnectionTimeoutException timeout => FromTimeout(timeout),
        ProgramFailedException failed => new(
            ExitCode.Failed,
            $"{error.Remote} failed.",
            $"The program ended with exit code {failed.ExitCode}; what it wrote before came through."),
        TlsException tls => TlsFailures.Explain(tls),
        TlsTruncatedException => new(
            ExitCode.Failed,
            $"what {error.Remote} sent may be cut off.",
            $"{error.Problem}.",
            "Check that all of it came; some peers never send TLS's own end."),
        ConnectionResetException => new(
            ExitCode.Failed, $"{error.Remote} broke the connection.", $"{error.Operation}: {error.Problem}"),
        _ => new(
            error.Operation == Connect ? ExitCode.Unreachable : ExitCode.Failed,
            $"{error.Operation} failed: {error.Remote}.",
            error.Problem),
    };

    private static Failure FromTimeout(ConnectionTimeoutException error) => error.Phase switch
    {
        TimeoutPhase.Connect => new(
            ExitCode.TimedOut,
            $"{error.Remote} did not answer{Within(error.Limit)}.",
            "No answer at all: a firewall or a wrong address is likely.",
            "Check the address, or wait longer with --timeout."),
        TimeoutPhase.Resolve => new(
            ExitCode.TimedOut,
            $"{error.Remote} could not be looked up{Within(error.Limit)}.",
            error.Problem,
            "Check the name, and this machine's name servers."),
        TimeoutPhase.Handshake => new(
            ExitCode.TimedOut,
            $"{error.Remote} did not end the TLS handshake{Within(error.Limit)}.",
            "It may not speak TLS.",
            "Check the port, or wait longer with --timeout."),
        _ => new(ExitCode.TimedOut, $"{error.Remote} kept this end waiting{Within(error.Limit)}.", error.Problem),
    };

    private static string Within(TimeSpan? limit) => limit is { } time ? $" within {time.TotalSeconds:0.###} s" : "";
}
