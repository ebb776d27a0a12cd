namespace Switchboard.Bench.Servers;

/// <summary>Every server of this program, by the name that starts it.</summary>
internal static class Modes
{
    private static readonly Dictionary<string, Func<int, Task<IAsyncDisposable>>> All = new(StringComparer.Ordinal)
    {
        ["socket"] = SocketServer.StartAsync,
        ["kestrel"] = KestrelServer.StartAsync,
        ["web-kestrel"] = WebServer.StartOnSocketsAsync,
        ["web-switchboard"] = WebServer.StartOnSwitchboardAsync,
        ["switchboard"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoRentedAsync),
        ["switchboard-buffer"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoBufferedAsync),
        ["switchboard-stream"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoStreamAsync),
        ["switchboard-pipe"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoPipeAsync),
        ["switchboard-prefix"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoPrefixedAsync),
        ["switchboard-lines"] = port => SwitchboardServer.StartAsync(port, Handlers.EchoLinesAsync),
        ["switchboard-spin"] = port => SwitchboardServer.StartSpinningAsync(port, Handlers.EchoRentedAsync),
        ["switchboard-datagrams"] = DatagramEcho.StartAsync,
        ["switchboard-datagrams-batch"] = DatagramEcho.StartBatchesAsync,
        ["switchboard-board"] = BoardedServer.StartAsync,
        ["switchboard-blocking"] = port => SwitchboardServer.StartAsync(port, BlockingHandler.RunAsync),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <returns>What starts the server at a port of the loopback address; null if there is none of this name.</returns>
    public static Func<int, Task<IAsyncDisposable>>? Find(string name) => All.GetValueOrDefault(name);
}
