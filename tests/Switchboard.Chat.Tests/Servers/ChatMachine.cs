using System.Collections.Concurrent;
using Switchboard.Chat.Tests.Serving;
using Switchboard.Tests.Connections;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>One server of a <see cref="ChatNetwork"/>, and those who are connected to it.</summary>
internal sealed class ChatMachine : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ScriptedClient> _clients = new();
    private bool _isDisposed;

    public ChatMachine(string name, ChatNetwork network, IChatStore? store)
    {
        Store = store ?? new MemoryChatStore();
        Network = network;
        Server = new ChatServer(new ChatOptions
        {
            Name = name,
            Network = "Test",
            TimeProvider = network.Clock,
            PasswordIterations = 1_000,
            Store = Store,
            Broker = network.Broker,
            MaxOutgoing = network.MaxOutgoing,
            Observer = new NetworkObserver(network),

            // The clock is moved far, and nobody is to be let go for that.
            Limits = new ChatLimits { MaxLineBurst = 1_000_000, PingInterval = TimeSpan.FromDays(1) },
        });
    }

    public ChatNetwork Network { get; }

    public IChatStore Store { get; }

    public ChatServer Server { get; }

    public async Task<ScriptedClient> ArriveAsync(string nick, string capabilities = "")
    {
        var (near, far) = Connection.CreatePair(new ConnectionOptions { CloseTimeout = TimeSpan.FromSeconds(1) });
        var client = new ScriptedClient(near, ServeAsync(far));
        _clients.Enqueue(client);
        if (capabilities.Length > 0)
        {
            await client.SendAsync($"CAP REQ :{capabilities}");
        }

        await client.SendAsync($"NICK {nick}", $"USER {nick} 0 * :Real {nick}", "CAP END");
        await client.ReceiveUntilAsync("422");
        return client;
    }

    /// <summary>Lets its people go and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
            await client.Served.Soon();
        }

        await Server.DisposeAsync().AsTask().Soon();
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
