namespace Switchboard;

/// <summary>
/// The peer or the network broke a connection, or kept it from being made. The derived types tell the common cases
/// apart; the text names the operation and both ends.
/// </summary>
public class ConnectionException : IOException
{
    /// <param name="operation">What was being done, as a verb: <c>connect</c>, <c>receive</c>, <c>send</c>.</param>
    /// <param name="local">This end, if it has an address yet.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="problem">What went wrong, in a few words.</param>
    /// <param name="innerException">The operating system's word for it.</param>
    public ConnectionException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base($"{operation} {Describe(local, remote)}: {problem}", innerException)
    {
        Operation = operation;
        Local = local;
        Remote = remote;
        Problem = problem;
    }

    /// <summary>What was being done: <c>connect</c>, <c>receive</c>, <c>send</c>, <c>complete sending</c>.</summary>
    public string Operation { get; }

    /// <summary>This end's address, if it had one.</summary>
    public Endpoint? Local { get; }

    /// <summary>The other end's address.</summary>
    public Endpoint? Remote { get; }

    /// <summary>What went wrong, without the operation and the addresses.</summary>
    public string Problem { get; }

    /// <summary>Every address that was tried, in order; empty unless connecting failed.</summary>
    public IReadOnlyList<ConnectAttempt> Attempts { get; init; } = [];

    private static string Describe(Endpoint? local, Endpoint? remote) =>
        local is null ? $"{remote}" : $"{local} -> {remote}";
}
