namespace Switchboard;

/// <summary>
/// The connection below TLS ended, and the peer had not said that it has finished (close_notify): whoever is in
/// between may have cut off what it sent. All that came before has been handed out, and sending goes on.
/// </summary>
public sealed class TlsTruncatedException : ConnectionException
{
    /// <inheritdoc />
    public TlsTruncatedException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
