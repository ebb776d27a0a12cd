using System.Collections.Concurrent;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Transports;

namespace Switchboard.Tests.Serving;

/// <summary>A server on a clock and a network of the test's own.</summary>
internal sealed class ServerRun : IAsyncDisposable
{
    private readonly ConcurrentBag<Connection> _peers = [];

    public required ManualClock Clock { get; init; }

    public required FakeListener Wires { get; init; }

    public required Server Server { get; init; }

    public required RecordingObserver Observer { get; init; }

    public static async Task<ServerRun> StartAsync(
        ConnectionHandler handler,
        ServerLimits? limits = null,
        Exception? observerThrows = null)
    {
        var clock = new ManualClock();
        var wires = new FakeListener("memory:server");
        var observer = new RecordingObserver(observerThrows);
        var server = await Server.StartAsync("memory:server", handler, new ServerOptions
        {
            Limits = limits ?? new ServerLimits(),
            Observer = observer,
            Listen = new ListenOptions
            {
                Transport = wires,
                Connection = new ConnectionOptions { TimeProvider = clock },
            },
        });
        return new ServerRun { Server = server, Observer = observer, Clock = clock, Wires = wires };
    }

    /// <summary>A peer comes, and the server has accepted it.</summary>
    public async Task<Connection> ComeAsync(Endpoint? remote = null)
    {
        var accepted = Server.GetStatistics().Accepted;
        var peer = ComeUnaccepted(remote);
        await Waiting.UntilAsync(() => Server.GetStatistics().Accepted > accepted);
        return peer;
    }

    public Connection ComeUnaccepted(Endpoint? remote = null)
    {
        var peer = Wires.Come(remote);
        _peers.Add(peer);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            peer.Abort();
        }

        await Server.StopAsync(TimeSpan.Zero).Soon();
    }
}
