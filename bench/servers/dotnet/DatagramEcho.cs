namespace Switchboard.Bench.Servers;

/// <summary>Sends datagrams back: one by one, or in batches.</summary>
internal static class DatagramEcho
{
    private const int BufferBytes = 64 * 1024;

    public static async Task<IAsyncDisposable> StartAsync(int port)
    {
        var socket = await DatagramSocket.BindAsync($"udp://127.0.0.1:{port}");
        _ = EchoAsync(socket);
        return socket;
    }

    public static async Task<IAsyncDisposable> StartBatchesAsync(int port)
    {
        var socket = await DatagramSocket.BindAsync($"udp://127.0.0.1:{port}");
        _ = EchoBatchesAsync(socket);
        return socket;
    }

    private static async Task EchoAsync(DatagramSocket socket)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer);
            await socket.SendToAsync(buffer.AsMemory(0, received.Length), received.From);
        }
    }

    private static async Task EchoBatchesAsync(DatagramSocket socket)
    {
        var batch = new DatagramBatch();
        while (true)
        {
            await socket.ReceiveBatchAsync(batch);
            await socket.SendBatchAsync(batch);
        }
    }
}
