using Switchboard.Connections;

namespace Switchboard.Serving;

/// <summary>One direction of a relay.</summary>
internal static class RelayDirection
{
    private const int PieceBytes = 64 * 1024;

    // For who sends faster than it is passed on: fewer, larger calls.
    private const int LargePieceBytes = 256 * 1024;

    /// <summary>
    /// Completes when the source has finished sending and the target was told, if it can be: otherwise it learns of it
    /// when it is closed.
    /// </summary>
    public static async Task RunAsync(Connection source, Connection target)
    {
        try
        {
            await PassOnAsync(source, target).ConfigureAwait(false);
            if (target.CanHalfClose)
            {
                await target.CompleteSendingAsync().ConfigureAwait(false);
            }
        }
        catch
        {
            // Half of what was sent must not look like the whole of it, to neither of them.
            source.Abort();
            target.Abort();
            throw;
        }
    }

    private static async ValueTask PassOnAsync(Connection source, Connection target)
    {
        var pieceBytes = PieceBytes;
        while (true)
        {
            // A direction in which nothing happens holds no buffer.
            await source.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
            var buffer = BufferPool.Rent(pieceBytes);
            try
            {
                int count;
                do
                {
                    count = await source.ReceiveAsync(buffer).ConfigureAwait(false);
                    if (count == 0)
                    {
                        return;
                    }

                    await target.SendAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
                }
                while (count == buffer.Length && count >= LargePieceBytes);

                pieceBytes = count == buffer.Length ? LargePieceBytes : pieceBytes;
            }
            finally
            {
                BufferPool.Return(buffer);
            }
        }
    }
}
