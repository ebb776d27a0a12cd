using System.Buffers;

namespace Switchboard.Bench.Servers;

/// <summary>An echo, said in each of the library's ways to receive and to send.</summary>
internal static class Handlers
{
    private const int PieceBytes = 64 * 1024;
    private const int MaxFrameBytes = 1024 * 1024;

    /// <summary>Holds a buffer only while bytes are there, as a server with many idle connections would.</summary>
    public static async Task EchoRentedAsync(Connection connection, CancellationToken stopping)
    {
        while (true)
        {
            await connection.ReceiveAsync(Memory<byte>.Empty, stopping);
            var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
            try
            {
                var count = await connection.ReceiveAsync(buffer, stopping);
                if (count == 0)
                {
                    return;
                }

                await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Has a buffer for as long as the connection lives.</summary>
    public static async Task EchoBufferedAsync(Connection connection, CancellationToken stopping)
    {
        var buffer = new byte[PieceBytes];
        int count;
        while ((count = await connection.ReceiveAsync(buffer, stopping)) > 0)
        {
            await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
        }
    }

    public static async Task EchoStreamAsync(Connection connection, CancellationToken stopping)
    {
        var buffer = new byte[PieceBytes];
        var stream = connection.AsStream();
        int count;
        while ((count = await stream.ReadAsync(buffer, stopping)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
        }
    }

    public static async Task EchoPipeAsync(Connection connection, CancellationToken stopping)
    {
        var input = connection.AsPipeReader();
        var output = connection.AsPipeWriter();
        while (true)
        {
            var received = await input.ReadAsync(stopping);
            foreach (var segment in received.Buffer)
            {
                output.Write(segment.Span);
            }

            input.AdvanceTo(received.Buffer.End);
            await output.FlushAsync(CancellationToken.None);
            if (received.IsCompleted)
            {
                return;
            }
        }
    }

    public static Task EchoPrefixedAsync(Connection connection, CancellationToken stopping) =>
        EchoFramesAsync(connection.Frames(Framing.LengthPrefixed(MaxFrameBytes)), stopping);

    public static Task EchoLinesAsync(Connection connection, CancellationToken stopping) =>
        EchoFramesAsync(connection.Frames(Framing.Lines(MaxFrameBytes)), stopping);

    private static async Task EchoFramesAsync(FramedConnection frames, CancellationToken stopping)
    {
        await using (frames)
        {
            await foreach (var frame in frames.ReceiveAllAsync(stopping))
            {
                await frames.SendAsync(frame, CancellationToken.None);
            }
        }
    }
}
