using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Switchboard.Cli.WebFiles;

/// <summary>Counts the connections of a web server, and lets no address have all of them.</summary>
/// <param name="most">Of one address.</param>
internal sealed class Visitors(int most)
{
    private readonly ConcurrentDictionary<IPAddress, int> _open = [];
    private int _count;
    private long _accepted;
    private long _refused;

    public int Open => Volatile.Read(ref _count);

    public long Accepted => Interlocked.Read(ref _accepted);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Lets a connection through to HTTP, or ends it.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is not null && _open.AddOrUpdate(address, 1, (_, count) => count + 1) > most)
        {
            Interlocked.Increment(ref _refused);
            connection.Abort(new ConnectionAbortedException("Too many connections of one address."));
            Leave(address);
            return;
        }

        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _count);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
            if (address is not null)
            {
                Leave(address);
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
