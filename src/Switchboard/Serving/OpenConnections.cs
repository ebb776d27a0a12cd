using System.Net;
using System.Net.Sockets;

namespace Switchboard.Serving;

/// <summary>
/// The connections of one server, from before their handler starts until after they are closed. Thread-safe.
/// </summary>
internal sealed class OpenConnections(int maxPerAddress)
{
    private readonly Lock _lock = new();
    private readonly List<StallClock> _open = [];
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private TaskCompletionSource _empty = Completed();
    private long _bytesReceived;
    private long _bytesSent;
    private int _ended;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Takes a connection in; no clock for it means that its address has too many already.</summary>
    public StallClock? TryAdd(Connection connection)
    {
        lock (_lock)
        {
            if (CountedAddress(connection) is { } address)
            {
                var count = _perAddress.GetValueOrDefault(address);
                if (count >= maxPerAddress)
                {
                    return null;
                }

                _perAddress[address] = count + 1;
            }

            if (_open.Count == 0)
            {
                _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            var clock = new StallClock(connection) { Place = _open.Count };
            _open.Add(clock);
            return clock;
        }
    }

    public void Remove(StallClock clock, ConnectionEnd end)
    {
        lock (_lock)
        {
            // The last one takes the free place: nobody else has to move.
            var last = _open[^1];
            _open[clock.Place] = last;
            last.Place = clock.Place;
            _open.RemoveAt(_open.Count - 1);
            _ended++;
            _bytesReceived += end.BytesReceived;
            _bytesSent += end.BytesSent;
            if (CountedAddress(clock.Connection) is { } address && --_perAddress[address] == 0)
            {
                _perAddress.Remove(address);
            }

            if (_open.Count == 0)
            {
                _empty.TrySetResult();
            }
        }
    }

    public StallClock[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _open];
        }
    }

    /// <summary>Who is open, and how many have ended so far, at one moment.</summary>
    public (StallClock[] Open, int Ended) TakeStock()
    {
        lock (_lock)
        {
            return ([.. _open], _ended);
        }
    }

    /// <summary>Completes when no connection is open.</summary>
    public Task WhenEmpty()
    {
        lock (_lock)
        {
            return _empty.Task;
        }
    }

    public (long Received, long Sent) CountBytes()
    {
        lock (_lock)
        {
            var (received, sent) = (_bytesReceived, _bytesSent);
            foreach (var clock in _open)
            {
                var statistics = clock.Connection.GetStatistics();
                received += statistics.BytesReceived;
                sent += statistics.BytesSent;
            }

            return (received, sent);
        }
    }

    private static IPAddress? CountedAddress(Connection connection) =>
        connection.RemoteAddress is { } address && !IPAddress.IsLoopback(address) ? Subscriber(address) : null;

    // One subscriber of IPv6 has at least 2^64 addresses, and could come from another one each time.
    private static IPAddress Subscriber(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bytes.Length / 2).Clear();
        return new IPAddress(bytes);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }
}
