using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Transfers;

/// <summary>What an exception means to who has a ticket.</summary>
internal static class SendFailures
{
    private const string AskAgain = "Run switchboard receive again, and take the ticket that it prints.";

    /// <summary>The exception in the words of who has one; itself if there is nothing to add.</summary>
    public static Exception Explain(Exception error, Endpoint endpoint) => error switch
    {
        TlsException { Failure: TlsFailure.PinMismatch } => new FailureException(
            new Failure(
                ExitCode.NotTrusted,
                $"{endpoint} is not the receiver that made the ticket.",
                "It has another certificate: an earlier receiver's ticket, or somebody in between.",
                AskAgain),
            error),
        ConnectionRefusedException => new FailureException(
            new Failure(
                ExitCode.Unreachable,
                $"nobody receives at {endpoint}.",
                "The receiver has ended, or the ticket is of an earlier one.",
                AskAgain),
            error),
        ConnectionResetException or ConnectionException { Operation: "receive" } and not ProtocolBrokenException =>
            new FailureException(
                new Failure(
                    ExitCode.Failed,
                    $"the connection with {endpoint} broke.",
                    error.Message,
                    "Send again, with the same ticket while the receiver runs: what has arrived is not sent twice."),
                error),
        _ => error,
    };
}
