namespace Switchboard;

/// <summary>One accept failed. The listener is as it was.</summary>
public sealed class AcceptException : IOException
{
    /// <param name="local">Where it was being listened.</param>
    /// <param name="failure">What kind of failure it is.</param>
    /// <param name="problem">What went wrong, in a few words.</param>
    /// <param name="innerException">The operating system's word for it.</param>
    public AcceptException(Endpoint local, AcceptFailure failure, string problem, Exception? innerException = null)
        : base($"accept {local}: {problem}", innerException)
    {
        Failure = failure;
    }

    /// <summary>What kind of failure it is.</summary>
    public AcceptFailure Failure { get; }
}
