using Switchboard.Chat.Servers;

namespace Switchboard.Chat.Tests.Servers;

/// <summary>A broker that a test takes down, and whose letters it loses, doubles or makes up.</summary>
/// <param name="clock">The servers' clock.</param>
internal sealed class MemoryBroker(TimeProvider clock) : IChatBroker
{
    // Whoever is linked says hello much sooner, unless it is not given a processor.
    private static readonly TimeSpan MaxSilence = 2 * Neighbours.HelloInterval;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<byte[]>> _queues = [];
    private readonly Dictionary<string, MemoryBrokerLink> _links = [];
    private readonly Dictionary<string, DateTimeOffset> _heard = [];
    private readonly HashSet<MemoryBrokerLink> _broken = [];
    private bool _isDown;

    public string Name => "memory";

    /// <summary>
    /// Whether the servers have done what they do without the clock's moving on: they have taken all letters, noticed
    /// that their link is broken, and said hello if it is not.
    /// </summary>
    public bool IsQuiet
    {
        get
        {
            lock (_lock)
            {
                return _broken.Count == 0 && _links.Keys.All(each =>
                    QueueOf(each).Count == 0 && clock.GetUtcNow() - _heard[each] < MaxSilence);
            }
        }
    }

    /// <summary>What becomes of a letter on its way to a server's queue: none, one, or several.</summary>
    public Func<string, string, IEnumerable<string>> OnTheWay { get; set; } = (_, letter) => [letter];

    public Task<IChatBrokerLink> ConnectAsync(string network, string server, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_isDown)
            {
                throw new ChatBrokerException("The broker is down.");
            }

            if (_links.ContainsKey(server))
            {
                throw new ChatBrokerException("The name is taken.") { IsRefusal = true };
            }

            var queue = QueueOf(server);
            var link = new MemoryBrokerLink(this, server);
            _links.Add(server, link);
            _heard[server] = clock.GetUtcNow();
            queue.ForEach(link.Give);
            return Task.FromResult<IChatBrokerLink>(link);
        }
    }

    /// <summary>Breaks every link; what is lasting is still there when the broker is up again.</summary>
    public void TakeDown()
    {
        lock (_lock)
        {
            _isDown = true;
            foreach (var link in _links.Values)
            {
                link.Break();
                _broken.Add(link);
            }

            _links.Clear();
        }
    }

    public void BringUp()
    {
        lock (_lock)
        {
            _isDown = false;
        }
    }

    /// <summary>Publishes as a stranger would.</summary>
    public void Publish(byte[] letter)
    {
        lock (_lock)
        {
            foreach (var (server, queue) in _queues)
            {
                foreach (var given in OnTheWay(server, System.Text.Encoding.UTF8.GetString(letter)))
                {
                    var bytes = System.Text.Encoding.UTF8.GetBytes(given);
                    queue.Add(bytes);
                    _links.GetValueOrDefault(server)?.Give(bytes);
                }
            }
        }
    }

    public void Publish(MemoryBrokerLink link, byte[] letter)
    {
        lock (_lock)
        {
            ThrowIfBroken(link);
            _heard[link.Server] = clock.GetUtcNow();
            Publish(letter);
        }
    }

    public void Acknowledge(MemoryBrokerLink link, byte[] letter)
    {
        lock (_lock)
        {
            ThrowIfBroken(link);
            QueueOf(link.Server).Remove(letter);
        }
    }

    public void Leave(MemoryBrokerLink link)
    {
        lock (_lock)
        {
            _broken.Remove(link);
            if (_links.GetValueOrDefault(link.Server) == link)
            {
                _links.Remove(link.Server);
            }
        }
    }

    private List<byte[]> QueueOf(string server)
    {
        if (!_queues.TryGetValue(server, out var queue))
        {
            _queues.Add(server, queue = []);
        }

        return queue;
    }

    private void ThrowIfBroken(MemoryBrokerLink link)
    {
        if (_links.GetValueOrDefault(link.Server) != link)
        {
            throw new ChatBrokerException("The link is broken.");
        }
    }
}
