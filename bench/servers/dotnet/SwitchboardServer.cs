namespace Switchboard.Bench.Servers;

/// <summary>The library, with whichever handler.</summary>
internal static class SwitchboardServer
{
    // Loads hold connections open without a word, and blockers answer after an hour: that is what is measured.
    public static ServerOptions Patient { get; } = new()
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

    // Longer than the other end takes to answer, when it does not have to be woken either.
    private static readonly EngineOptions Spinning = new() { SpinBeforeSleep = TimeSpan.FromMicroseconds(50) };

    public static async Task<IAsyncDisposable> StartAsync(int port, ConnectionHandler handler) =>
        await Server.StartAsync($"tcp://127.0.0.1:{port}", handler, Patient);

    /// <summary>On an engine that asks for a while before it sleeps.</summary>
    public static async Task<IAsyncDisposable> StartSpinningAsync(int port, ConnectionHandler handler) =>
        await Server.StartAsync(
            $"tcp://127.0.0.1:{port}",
            handler,
            Patient with { Listen = Patient.Listen with { Engine = Engine.CreateEpoll(Spinning) } });
}
