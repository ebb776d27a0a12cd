namespace Switchboard.Cli.Failures;

/// <summary>What exit codes mean; scripts rely on them. 129, 130 and 143 come from the signals.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It worked at first: reset, gave up waiting, the peer broke the rules, the disk is full.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a configuration file is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>A name has no address, nobody answers at it, or it cannot be listened at.</summary>
    public const int Unreachable = 3;

    public const int TimedOut = 4;

    /// <summary>The peer did not prove who it is, or this end could not.</summary>
    public const int NotTrusted = 5;

    /// <summary>A web server answered with a status of 400 or more. As wget has it.</summary>
    public const int ErrorStatus = 8;

    /// <summary>128 and SIGPIPE: nobody reads the output any more. Not an error, and nothing is said.</summary>
    public const int OutputClosed = 141;

    /// <summary>For the help.</summary>
    public const string Legend = """
        0 done, 1 failed mid-way, 2 wrong usage, 3 could not resolve, connect or listen, 4 timed out,
        5 no trust between the ends (TLS), 8 HTTP status of 400 or more; 129, 130 or 143 when a signal cut it short
        """;
}
