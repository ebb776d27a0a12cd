using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Serving;

/// <summary>Whether a framing is there exactly where a relay needs one.</summary>
internal static class RelayFraming
{
    /// <exception cref="FailureException">It is missing, or of no use.</exception>
    public static void ThrowIfUnfit(Framing? framing, Endpoint from, Endpoint to)
    {
        var isMixed = from is UdpEndpoint != to is UdpEndpoint;
        if (isMixed && framing is null)
        {
            var (datagrams, stream) = from is UdpEndpoint ? (from, to) : (to, from);
            throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{datagrams} has datagrams, and {stream} is a stream, which has no borders between them.",
                "A framing says which bytes of the stream are one datagram: lines, or each with its length before it.",
                $"switchboard relay {from} {to} --framing lines"));
        }

        if (!isMixed && framing is not null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                from is UdpEndpoint
                    ? "both ends have datagrams, which pass as they are: --framing does nothing."
                    : "both ends are streams, whose bytes pass as they are: --framing does nothing.",
                Next: "Leave --framing out."));
        }

        if (framing is { EndsWithConnection: true })
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                "until-close makes one frame of a whole connection, and a relay of datagrams needs many.",
                Next: "Use lines, length:2, or another of the framings."));
        }
    }
}
