namespace Switchboard;

/// <summary>An endpoint cannot be listened at.</summary>
public sealed class BindException : IOException
{
    /// <param name="endpoint">The address that cannot be had.</param>
    /// <param name="failure">Why it cannot be had.</param>
    /// <param name="problem">The same in a few words, and what would help.</param>
    /// <param name="innerException">The operating system's word for it.</param>
    public BindException(
        Endpoint endpoint,
        BindFailure failure,
        string problem,
        Exception? innerException = null)
        : base($"listen {endpoint}: {problem}", innerException)
    {
        Endpoint = endpoint;
        Failure = failure;
        Problem = problem;
    }

    /// <summary>The address that cannot be had: of a name, the one of its addresses.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>Why it cannot be had.</summary>
    public BindFailure Failure { get; }

    /// <summary>What went wrong, without the endpoint.</summary>
    public string Problem { get; }
}
