using Switchboard.Chat.People;

namespace Switchboard.Chat.Serving;

/// <summary>Looks at all clients now and then: who takes too long to register, or gives no sign of life.</summary>
internal sealed class ClientWatch(ChatOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Client> _clients = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _looking = Task.CompletedTask;

    public void Start() => _looking = LookAllAsync();

    public void Add(Client client)
    {
        lock (_lock)
        {
            _clients.Add(client);
        }
    }

    public void Remove(Client client)
    {
        lock (_lock)
        {
            _clients.Remove(client);
        }
    }

    public int CountUnknown()
    {
        lock (_lock)
        {
            return _clients.Count(each => each.Person is null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task LookAllAsync()
    {
        var clock = options.TimeProvider;
        using var timer = new PeriodicTimer(Between, clock);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            Look(clock.GetTimestamp());
        }
    }

    private void Look(long now)
    {
        List<Client> clients;
        lock (_lock)
        {
            clients = [.. _clients];
        }

        foreach (var client in clients)
        {
            Look(client, now);
        }
    }

    private void Look(Client client, long now)
    {
        var (clock, limits) = (options.TimeProvider, options.Limits);
        var silent = clock.GetElapsedTime(client.Heard, now);
        if (client.Person is null)
        {
            if (clock.GetElapsedTime(client.Connected, now) >= limits.RegistrationTimeout)
            {
                client.End("Registration timed out");
            }
        }
        else if (silent >= limits.PingInterval + limits.PingTimeout)
        {
            client.End($"Ping timeout: {(int)silent.TotalSeconds} seconds");
        }
        else if (silent >= limits.PingInterval && !client.IsAsked)
        {
            client.IsAsked = true;
            client.Send(new ChatMessage("PING", options.Name).Encode());
        }
    }
}
