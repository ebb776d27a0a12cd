namespace Switchboard.Cli.Failures;

/// <summary>Ends the command with a failure that is already explained.</summary>
internal sealed class FailureException(Failure failure, Exception? innerException = null)
    : Exception(failure.What, innerException)
{
    public Failure Failure { get; } = failure;
}
