namespace Switchboard.Cli.Handlers;

/// <summary>Sends one greeting without a line end, and closes.</summary>
internal static class GreetHandler
{
    public static readonly ReadOnlyMemory<byte> Greeting = "Hello, Client! Welcome to the server."u8.ToArray();

    public static ConnectionHandler Start(HandlerOptions options) =>
        (connection, _) => connection.SendAsync(Greeting, CancellationToken.None).AsTask();
}
