using Switchboard.Board;

namespace Switchboard.Bench.Servers;

/// <summary>The library's echo, in a process that shows a board.</summary>
internal static class BoardedServer
{
    /// <summary>The variable of the environment that says at which port the board is.</summary>
    public const string PortVariable = "BOARD_PORT";

    /// <summary>What opens it: whoever measures has to know.</summary>
    public const string Token = "measuredmeasuredmeasured";

    public static async Task<IAsyncDisposable> StartAsync(int port)
    {
        var board = int.Parse(Environment.GetEnvironmentVariable(PortVariable)!, provider: null);
        var options = new BoardOptions { Listen = new TcpEndpoint("127.0.0.1", board), Token = Token };

        // Both live as long as this process.
        await BoardServer.StartAsync(options);
        return await SwitchboardServer.StartAsync(port, Handlers.EchoRentedAsync);
    }
}
