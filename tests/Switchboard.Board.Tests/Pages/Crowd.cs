using Switchboard.Tests.Connections;

namespace Switchboard.Board.Tests.Pages;

/// <summary>An echo server of this process, and many who are connected to it.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly List<Connection> _peers = [];

    private Crowd(Server server) => Server = server;

    public Server Server { get; }

    public int Port => ((TcpEndpoint)Server.Local).Port;

    public IReadOnlyList<Connection> Peers => _peers;

    public static async Task<Crowd> GatherAsync(int count)
    {
        // They say nothing for as long as a test takes.
        var patient = new ServerOptions { Limits = new ServerLimits { IdleTimeout = Timeout.InfiniteTimeSpan } };
        var crowd = new Crowd(await Server.StartAsync("tcp://127.0.0.1:0", EchoAsync, patient));
        await crowd.AddAsync(count);
        return crowd;
    }

    /// <summary>So many more connect.</summary>
    public async Task AddAsync(int count)
    {
        for (var made = 0; made < count; made++)
        {
            _peers.Add(await Connection.ConnectAsync(Server.Local).Soon());
        }
    }

    /// <summary>One of them says something, and hears it again.</summary>
    public async Task SayAsync(int peer, byte[] bytes)
    {
        await _peers[peer].SendAsync(bytes).Soon();
        await _peers[peer].ReceiveExactlyAsync(new byte[bytes.Length]).Soon();
    }

    public async ValueTask DisposeAsync()
    {
        _peers.ForEach(peer => peer.Abort());
        await Server.StopAsync(TimeSpan.Zero);
    }

    private static async Task EchoAsync(Connection connection, CancellationToken stopping)
    {
        var buffer = new byte[4096];
        while (await connection.ReceiveAsync(buffer, stopping) is > 0 and var count)
        {
            await connection.SendAsync(buffer.AsMemory(0, count), stopping);
        }
    }
}
