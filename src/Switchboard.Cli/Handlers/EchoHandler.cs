namespace Switchboard.Cli.Handlers;

/// <summary>Sends back what it receives (RFC 862), or each frame once it is whole.</summary>
internal static class EchoHandler
{
    public static ConnectionHandler Start(HandlerOptions options) => options.Framing is { } framing
        ? (connection, stopping) => EchoFramesAsync(connection.Frames(framing), stopping)
        : EchoBytesAsync;

    // What was received is sent even when the server stops meanwhile: only the wait for more ends then.
    private static Task EchoBytesAsync(Connection connection, CancellationToken stopping) =>
        Pieces.ReceiveAllAsync(connection, piece => connection.SendAsync(piece, CancellationToken.None), stopping);

    private static async Task EchoFramesAsync(FramedConnection frames, CancellationToken stopping)
    {
        await using (frames)
        {
            await foreach (var frame in frames.ReceiveAllAsync(stopping))
            {
                await frames.SendAsync(frame, CancellationToken.None);
            }
        }
    }
}
