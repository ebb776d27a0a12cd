namespace Switchboard;

/// <summary>
/// The peer ended the connection without finishing: it reset it, crashed, or closed with bytes unread.
/// </summary>
public sealed class ConnectionResetException : ConnectionException
{
    /// <inheritdoc />
    public ConnectionResetException(
        string operation,
        Endpoint? local,
        Endpoint? remote,
        string problem,
        Exception? innerException = null)
        : base(operation, local, remote, problem, innerException)
    {
    }
}
