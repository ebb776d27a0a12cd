namespace Switchboard;

/// <summary>No route leads to the address, or a router on the way said so.</summary>
public sealed class HostUnreachableException : ConnectionException
{
    /// <inheritdoc />
    public HostUnreachableException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
