using System.Buffers;

namespace Switchboard.Cli.Handlers;

/// <summary>Takes bytes as they come, without a buffer while none come.</summary>
internal static class Pieces
{
    private const int MaxPieceBytes = 64 * 1024;

    /// <summary>Hands each piece on until the peer finishes sending; a piece is valid until its task is done.</summary>
    public static async Task ReceiveAllAsync(
        Connection connection, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken stopping)
    {
        while (true)
        {
            await connection.ReceiveAsync(Memory<byte>.Empty, stopping);

            // All in one method: another one for each piece would cost as much as the piece.
            var buffer = ArrayPool<byte>.Shared.Rent(MaxPieceBytes);
            try
            {
                var count = await connection.ReceiveAsync(buffer, stopping);
                if (count == 0)
                {
                    return;
                }

                await take(buffer.AsMemory(0, count));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
