namespace Switchboard;

/// <summary>There is no TLS with the peer, and therefore no connection; <see cref="Failure"/> says why.</summary>
public sealed class TlsException : ConnectionException
{
    /// <param name="operation">What was being done: <c>handshake</c>, <c>receive</c>, <c>send</c>.</param>
    /// <param name="local">This end.</param>
    /// <param name="remote">The other end.</param>
    /// <param name="failure">Why.</param>
    /// <param name="problem">The same in a sentence, and what would help.</param>
    /// <param name="innerException">What .NET or the operating system says.</param>
    public TlsException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        TlsFailure failure,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
        Failure = failure;
    }

    /// <summary>Why.</summary>
    public TlsFailure Failure { get; }
}
