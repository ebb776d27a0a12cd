namespace Switchboard;

/// <summary>
/// The peer broke the rules of the transport itself, below all framings: by mistake, or on purpose. Nothing more of
/// what it says can be believed.
/// </summary>
public sealed class ProtocolBrokenException : ConnectionException
{
    /// <inheritdoc />
    public ProtocolBrokenException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
