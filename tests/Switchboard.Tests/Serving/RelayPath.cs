using Switchboard.Tests.Engines;

namespace Switchboard.Tests.Serving;

/// <summary>A client that talks with a target through a relay, by TCP on both sides.</summary>
internal sealed class RelayPath : IAsyncDisposable
{
    private RelayPath(Connection client, Connection target, Task relaying, Connection front, Connection back)
    {
        Client = client;
        Target = target;
        Relaying = relaying;
        Front = front;
        Back = back;
    }

    public Connection Client { get; }

    public Connection Target { get; }

    public Task Relaying { get; }

    /// <summary>The relay's end of the client's connection.</summary>
    public Connection Front { get; }

    /// <summary>The relay's end of the target's connection.</summary>
    public Connection Back { get; }

    /// <param name="engine">Of all its ends.</param>
    /// <param name="joins">Whether the relay relays.</param>
    public static async Task<RelayPath> OpenAsync(string engine, bool joins = true)
    {
        var (client, front) = await ConnectAsync(engine);
        var (back, target) = await ConnectAsync(engine);
        var relaying = joins ? Relay.JoinAsync(front, back) : Task.CompletedTask;
        return new RelayPath(client, target, relaying, front, back);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in (Connection[])[Client, Target, Front, Back])
        {
            connection.Abort();
        }

        await Relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<(Connection Connecting, Connection Accepted)> ConnectAsync(string engine)
    {
        var asks = TestEngines.Of(engine);
        await using var listener = await Listener.BindAsync("tcp://127.0.0.1:0", new() { Engine = asks });
        var accepting = listener.AcceptAsync();
        var connecting = await Connection.ConnectAsync(listener.Local, new() { Engine = asks });
        return (connecting, await accepting);
    }
}
