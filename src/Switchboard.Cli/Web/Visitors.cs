using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Switchboard.AspNetCore;

namespace Switchboard.Cli.Web;

/// <summary>Counts the connections of a web server, and lets no address have all of them.</summary>
/// <param name="limits">How many are served at once, and how many one address may have.</param>
internal sealed class Visitors(ServerLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _room = new(limits.MaxConnections);
    private readonly ConcurrentDictionary<IPAddress, int> _open = [];
    private int _count;
    private long _accepted;
    private long _refused;
    private long _received;
    private long _sent;

    public int Open => Volatile.Read(ref _count);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Of connections that have ended.</summary>
    public long BytesReceived => Interlocked.Read(ref _received);

    /// <summary>Of connections that have ended.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    public void Dispose() => _room.Dispose();

    /// <summary>Lets a connection through to HTTP when there is room, or ends it.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        try
        {
            var ofAddress = _open.AddOrUpdate(address, 1, (_, count) => count + 1);
            if (address != IPAddress.None && ofAddress > limits.MaxConnectionsPerAddress)
            {
                Interlocked.Increment(ref _refused);
                connection.Abort(new ConnectionAbortedException("Too many connections of one address."));
                return;
            }

            await _room.WaitAsync(connection.ConnectionClosed);
            await ServeInRoomAsync(connection, next);
        }
        finally
        {
            Leave(address);
        }
    }

    private async Task ServeInRoomAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _count);
        try
        {
            await next(connection);
        }
        finally
        {
            _room.Release();
            Interlocked.Decrement(ref _count);
            if (connection.Features.Get<ISwitchboardConnectionFeature>()?.Connection.GetStatistics() is { } statistics)
            {
                Interlocked.Add(ref _received, statistics.BytesReceived);
                Interlocked.Add(ref _sent, statistics.BytesSent);
            }
        }
    }

    private void Leave(IPAddress address)
    {
        if (_open.AddOrUpdate(address, 0, (_, count) => count - 1) == 0)
        {
            _open.TryRemove(KeyValuePair.Create(address, 0));
        }
    }
}
