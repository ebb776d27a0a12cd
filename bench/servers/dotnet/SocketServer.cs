using System.Net;
using System.Net.Sockets;

namespace Switchboard.Bench.Servers;

/// <summary>
/// What one writes by hand on the framework's own sockets: a loop that accepts, and a loop a connection.
/// </summary>
internal sealed class SocketServer : IAsyncDisposable
{
    public const int Backlog = 4096;

    private const int PieceBytes = 64 * 1024;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private SocketServer(int port)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(Backlog);
    }

    public static Task<IAsyncDisposable> StartAsync(int port)
    {
        var server = new SocketServer(port);
        _ = server.AcceptAllAsync();
        return Task.FromResult<IAsyncDisposable>(server);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            _ = EchoAsync(await _listener.AcceptAsync());
        }
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[PieceBytes];
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                for (var rest = buffer.AsMemory(0, count); rest.Length > 0;)
                {
                    rest = rest[await socket.SendAsync(rest)..];
                }
            }
        }
    }
}
