using System.Text;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>A client that sends and receives raw lines.</summary>
internal sealed class ScriptedClient(Connection connection, Task served) : IAsyncDisposable
{
    private readonly FramedConnection _frames = connection.Frames(Framing.Lines(64 * 1024, LineEnding.CrLf));
    private int _lastSync;

    public Connection Connection { get; } = connection;

    /// <summary>Completes when the server has done with this client.</summary>
    public Task Served { get; } = served;

    public async Task SendAsync(params string[] lines)
    {
        foreach (var line in lines)
        {
            await _frames.SendAsync(Encoding.UTF8.GetBytes(line)).Soon();
        }
    }

    public Task SendAsync(byte[] line) => _frames.SendAsync(line).Soon();

    /// <summary>The next line; null when the server has finished.</summary>
    public async Task<string?> ReceiveAsync() =>
        await _frames.ReceiveAsync().Soon() is { } line ? Encoding.UTF8.GetString(line.Span) : null;

    /// <summary>Everything up to the first line that has this command, or number, itself included.</summary>
    public async Task<IReadOnlyList<string>> ReceiveUntilAsync(string command)
    {
        var lines = new List<string>();
        while (lines.Count == 0 || CommandOf(lines[^1]) != command)
        {
            lines.Add(await ReceiveAsync()
                ?? throw new InvalidOperationException($"No {command}, but: {string.Join(" | ", lines)}"));
        }

        return lines;
    }

    /// <summary>Everything that came before the answer to a ping that is sent now.</summary>
    public async Task<IReadOnlyList<string>> SyncAsync()
    {
        var token = $"sync{++_lastSync}";
        await SendAsync($"PING {token}");
        var lines = new List<string>();
        while (await ReceiveAsync() is { } line)
        {
            if (line.EndsWith($" {token}", StringComparison.Ordinal) && CommandOf(line) == "PONG")
            {
                return lines;
            }

            lines.Add(line);
        }

        throw new InvalidOperationException($"Let go: {string.Join(" | ", lines)}");
    }

    /// <summary>Sends lines, and gives what they were answered.</summary>
    public async Task<IReadOnlyList<string>> AskAsync(params string[] lines)
    {
        await SendAsync(lines);
        return await SyncAsync();
    }

    /// <summary>Everything until the server finishes.</summary>
    public async Task<IReadOnlyList<string>> ReceiveToEndAsync()
    {
        var lines = new List<string>();
        while (await ReceiveAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await _frames.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static string? CommandOf(string line) =>
        ChatMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message) ? message!.Command : null;
}
