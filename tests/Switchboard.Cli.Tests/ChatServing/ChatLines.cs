using System.Text;

namespace Switchboard.Cli.Tests.ChatServing;

/// <summary>A client of a chat that sends and receives lines.</summary>
internal sealed class ChatLines(Connection connection) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly FramedConnection _frames = connection.Frames(Framing.Lines(16 * 1024, LineEnding.CrLf));

    public static async Task<ChatLines> ArriveAsync(
        Endpoint endpoint, string nick, string? password = null, ConnectOptions? options = null)
    {
        var client = new ChatLines(await Connection.ConnectAsync(endpoint, options));
        await client.SendAsync($"PASS {password ?? "-"}", $"NICK {nick}", $"USER {nick} 0 * :{nick}");
        await client.WaitForAsync(" 001 ");
        return client;
    }

    public async Task SendAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await _frames.SendAsync(Encoding.UTF8.GetBytes(line));
        }
    }

    /// <summary>The next line that has this in it.</summary>
    public async Task<string> WaitForAsync(string part)
    {
        while (await ReceiveAsync() is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The server finished before it said {part}.");
    }

    /// <summary>The next line; null when the server has finished.</summary>
    public async Task<string?> ReceiveAsync() =>
        await _frames.ReceiveAsync().AsTask().WaitAsync(Patience) is { } bytes
            ? Encoding.UTF8.GetString(bytes.Span)
            : null;

    public async ValueTask DisposeAsync()
    {
        await _frames.DisposeAsync();
        await connection.DisposeAsync();
    }
}
