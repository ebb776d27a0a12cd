namespace Switchboard.Cli.Handlers;

/// <summary>
/// Sends lines of 72 characters, each one character further through ASCII, until the peer leaves (RFC 864). What the
/// peer sends stays unread: a wait for it would count as idle time.
/// </summary>
internal static class ChargenHandler
{
    private const char First = ' ';
    private const int Characters = '~' - First + 1;
    private const int LineChars = 72;

    public static readonly ReadOnlyMemory<byte> Cycle = AllLines();

    public static ConnectionHandler Start(HandlerOptions options) => SendLinesAsync;

    private static async Task SendLinesAsync(Connection connection, CancellationToken stopping)
    {
        while (true)
        {
            await connection.SendAsync(Cycle, stopping);
            stopping.ThrowIfCancellationRequested();
        }
    }

    // After as many lines as there are characters, the first line comes again.
    private static byte[] AllLines()
    {
        var lines = new List<byte>(Characters * (LineChars + 2));
        for (var line = 0; line < Characters; line++)
        {
            for (var column = 0; column < LineChars; column++)
            {
                lines.Add((byte)(First + ((line + column) % Characters)));
            }

            lines.AddRange("\r\n"u8);
        }

        return [.. lines];
    }
}
