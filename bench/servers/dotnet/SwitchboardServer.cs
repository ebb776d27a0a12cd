namespace Switchboard.Bench.Servers;

/// <summary>The library, with whichever handler.</summary>
internal static class SwitchboardServer
{
    // Loads hold connections open without a word, and blockers answer after an hour: that is what is measured.
    private static readonly ServerOptions Patient = new()
    {
        Limits = new ServerLimits
        {
            IdleTimeout = Timeout.InfiniteTimeSpan,
            FrameTimeout = Timeout.InfiniteTimeSpan,
            SendTimeout = Timeout.InfiniteTimeSpan,
        },
        Listen = new ListenOptions { Backlog = SocketServer.Backlog },
        DrainTimeout = TimeSpan.Zero,
    };

    public static async Task<IAsyncDisposable> StartAsync(int port, ConnectionHandler handler) =>
        await Server.StartAsync($"tcp://127.0.0.1:{port}", handler, Patient);
}
