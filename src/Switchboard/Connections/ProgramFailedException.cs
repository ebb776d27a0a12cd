namespace Switchboard;

/// <summary>
/// The program at the other end of a connection to <c>exec:</c> ended with an exit code other than 0. Everything that
/// it had written was received before.
/// </summary>
public sealed class ProgramFailedException : ConnectionException
{
    /// <param name="operation">What was being done.</param>
    /// <param name="program">The program.</param>
    /// <param name="exitCode">What it ended with.</param>
    public ProgramFailedException(string operation, ExecEndpoint program, int exitCode)
        : base(operation, null, program, $"the program ended with exit code {exitCode}")
    {
        ExitCode = exitCode;
    }

    /// <summary>What it ended with; 128 and the signal's number if a signal ended it.</summary>
    public int ExitCode { get; }
}
