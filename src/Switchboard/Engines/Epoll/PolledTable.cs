namespace Switchboard.Engines.Epoll;

/// <summary>
/// What an engine polls, by descriptor: those are small numbers, and the kernel gives each to one owner at a time.
/// </summary>
internal sealed class PolledTable
{
    private readonly Lock _lock = new();
    private IPolled?[] _polled = new IPolled?[64];

    /// <summary>Who is meant by a key; null when it has gone.</summary>
    public IPolled? Find(PolledKey key)
    {
        var polled = Volatile.Read(ref _polled);
        var found = key.Descriptor < polled.Length ? Volatile.Read(ref polled[key.Descriptor]) : null;
        return found?.Key == key ? found : null;
    }

    public void Add(IPolled one)
    {
        var descriptor = one.Key.Descriptor;
        lock (_lock)
        {
            if (descriptor >= _polled.Length)
            {
                var larger = _polled;
                Array.Resize(ref larger, Math.Max(descriptor + 1, _polled.Length * 2));
                Volatile.Write(ref _polled, larger);
            }

            Volatile.Write(ref _polled[descriptor], one);
        }
    }

    /// <summary>To be called before the descriptor is closed, while it cannot belong to anybody else.</summary>
    public void Remove(IPolled one)
    {
        lock (_lock)
        {
            _polled[one.Key.Descriptor] = null;
        }
    }

    public IPolled[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _polled.OfType<IPolled>()];
        }
    }
}
