using System.Collections.Concurrent;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Serving;

/// <summary>A chat over connections in memory, with a clock that stands still.</summary>
internal sealed class TestChat : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ScriptedClient> _clients = new();

    public TestChat(Func<ChatOptions, ChatOptions>? change = null)
    {
        var options = new ChatOptions
        {
            Name = "irc.test",
            Network = "Test",
            TimeProvider = Clock,
            PasswordIterations = 1_000,
            Limits = new ChatLimits { MaxLineBurst = 1_000_000 },
        };
        Server = new ChatServer(change is null ? options : change(options));
    }

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public ChatServer Server { get; }

    /// <summary>Somebody who is connected and has said nothing.</summary>
    public ScriptedClient Connect()
    {
        var (near, far) = Connection.CreatePair(new ConnectionOptions { CloseTimeout = TimeSpan.FromSeconds(1) });
        var client = new ScriptedClient(near, ServeAsync(far));
        _clients.Enqueue(client);
        return client;
    }

    /// <summary>Somebody who has registered, and has read the welcome.</summary>
    public async Task<ScriptedClient> ArriveAsync(string nick, string capabilities = "")
    {
        var client = Connect();
        if (capabilities.Length > 0)
        {
            await client.SendAsync($"CAP REQ :{capabilities}");
        }

        await client.SendAsync($"NICK {nick}", $"USER {nick} 0 * :Real {nick}", "CAP END");
        await client.ReceiveUntilAsync("422");
        return client;
    }

    /// <summary>People who are in one room, the first its operator, with everything read.</summary>
    public async Task<ScriptedClient[]> ArriveInRoomAsync(string room, params string[] nicks)
    {
        var clients = new List<ScriptedClient>();
        foreach (var nick in nicks)
        {
            var client = await ArriveAsync(nick);
            await client.AskAsync($"JOIN {room}");
            clients.Add(client);
        }

        foreach (var client in clients)
        {
            await client.SyncAsync();
        }

        return [.. clients];
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
            await client.Served.Soon();
        }

        await Server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAsync(Connection connection)
    {
        await using (connection)
        {
            await Server.ServeAsync(connection, _stopping.Token);
        }
    }
}
