namespace Switchboard;

/// <summary>A machine answered, but nothing listens at that address.</summary>
public sealed class ConnectionRefusedException : ConnectionException
{
    /// <inheritdoc />
    public ConnectionRefusedException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
