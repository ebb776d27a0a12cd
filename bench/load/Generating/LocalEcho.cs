namespace Switchboard.Bench.Load.Generating;

/// <summary>The other end of what never leaves this process.</summary>
internal static class LocalEcho
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Echoes every connection, until the listener is disposed.</summary>
    public static async Task RunAsync(Listener listener)
    {
        await foreach (var connection in listener.AcceptAllAsync())
        {
            _ = EchoAsync(connection);
        }
    }

    private static async Task EchoAsync(Connection connection)
    {
        var buffer = new byte[PieceBytes];
        try
        {
            await using (connection)
            {
                while (await connection.ReceiveAsync(buffer) is > 0 and var count)
                {
                    await connection.SendAsync(buffer.AsMemory(0, count));
                }
            }
        }
        catch (ConnectionException)
        {
            // The load aborts when it is done.
        }
    }
}
