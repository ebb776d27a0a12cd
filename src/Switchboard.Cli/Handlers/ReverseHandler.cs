using System.Buffers;

namespace Switchboard.Cli.Handlers;

/// <summary>
/// Sends bytes back in the opposite order. Without a framing it answers one receive, as the tutorials do: whoever
/// sends in two parts sees that a receive is not a message.
/// </summary>
internal static class ReverseHandler
{
    private const int MaxReceiveBytes = 1024;

    public static ConnectionHandler Start(HandlerOptions options) => options.Framing is { } framing
        ? (connection, stopping) => ReverseFramesAsync(connection.Frames(framing), stopping)
        : ReverseOnceAsync;

    private static async Task ReverseOnceAsync(Connection connection, CancellationToken stopping)
    {
        await connection.ReceiveAsync(Memory<byte>.Empty, stopping);
        var buffer = new byte[MaxReceiveBytes];
        var count = await connection.ReceiveAsync(buffer, stopping);
        buffer.AsSpan(0, count).Reverse();
        await connection.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
    }

    private static async Task ReverseFramesAsync(FramedConnection frames, CancellationToken stopping)
    {
        await using (frames)
        {
            await foreach (var frame in frames.ReceiveAllAsync(stopping))
            {
                await SendReversedAsync(frames, frame);
            }
        }
    }

    private static async ValueTask SendReversedAsync(FramedConnection frames, ReadOnlyMemory<byte> frame)
    {
        var reversed = ArrayPool<byte>.Shared.Rent(frame.Length);
        try
        {
            frame.CopyTo(reversed);
            reversed.AsSpan(0, frame.Length).Reverse();
            await frames.SendAsync(reversed.AsMemory(0, frame.Length), CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(reversed);
        }
    }
}
