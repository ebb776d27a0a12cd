namespace Switchboard;

/// <summary>A limit on time ran out while waiting for the peer.</summary>
public sealed class ConnectionTimeoutException : ConnectionException
{
    /// <param name="phase">What was being waited for.</param>
    /// <param name="limit">The limit that ran out; null for one of the operating system's.</param>
    /// <param name="local">This end, if it has an address yet.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="problem">What went wrong, in a few words.</param>
    public ConnectionTimeoutException(
        TimeoutPhase phase,
        TimeSpan? limit,
        Endpoint? local,
        Endpoint? remote,
        string problem)
        : base(OperationOf(phase), local, remote, problem)
    {
        Phase = phase;
        Limit = limit;
    }

    /// <summary>What was being waited for.</summary>
    public TimeoutPhase Phase { get; }

    /// <summary>The limit that ran out; null when it was one of the operating system's.</summary>
    public TimeSpan? Limit { get; }

    private static string OperationOf(TimeoutPhase phase) => phase switch
    {
        TimeoutPhase.Resolve => "resolve",
        TimeoutPhase.Connect => "connect",
        TimeoutPhase.Handshake => "handshake",
        TimeoutPhase.Send => "send",
        _ => "receive",
    };
}
