namespace Switchboard.Cli.Handlers;

/// <summary>Receives and forgets, until the peer has finished (RFC 863).</summary>
internal static class DiscardHandler
{
    public static ConnectionHandler Start(HandlerOptions options) =>
        (connection, stopping) => Pieces.ReceiveAllAsync(connection, _ => ValueTask.CompletedTask, stopping);
}
