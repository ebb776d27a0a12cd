using System.CommandLine;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Tls;

/// <summary>Whether options of TLS make sense.</summary>
internal static class TlsUse
{
    /// <exception cref="FailureException">There is no stream that TLS could go over.</exception>
    public static void RefuseDatagrams(Endpoint endpoint, Option tls)
    {
        if (endpoint is UdpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{endpoint} has datagrams, and TLS needs a stream.", Next: $"Leave {tls.Name} out."));
        }
    }

    /// <summary>Refuses an option that would do nothing: whoever typed it believes to be safe.</summary>
    /// <exception cref="FailureException">One of them is there.</exception>
    public static void RefuseWithout(ParseResult parsed, IEnumerable<Option> options, Option tls)
    {
        if (FirstGiven(parsed, options) is { } useless)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{useless.Name} does nothing without TLS.",
                Next: $"Add {tls.Name}, or write the endpoint as tls://host:port."));
        }
    }

    /// <summary>The first of the options that was typed; null if none was.</summary>
    public static Option? FirstGiven(ParseResult parsed, IEnumerable<Option> options) =>
        options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
}
