namespace Switchboard;

/// <summary>The name has no address.</summary>
public sealed class HostNotFoundException : ConnectionException
{
    /// <inheritdoc />
    public HostNotFoundException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
