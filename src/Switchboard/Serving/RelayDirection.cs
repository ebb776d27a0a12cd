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
        var isFast = false;
        while (true)
        {
            // A direction in which nothing happens holds no buffer.
            await source.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
            var passed = isFast ? await PassThroughKernelAsync(source, target).ConfigureAwait(false) : null;
            passed ??= await CopyAsync(source, target, isFast ? LargePieceBytes : PieceBytes).ConfigureAwait(false);
            if (passed == 0)
            {
                return;
            }

            isFast = passed >= PieceBytes;
        }
    }

    /// <returns>How many bytes were passed on, 0 at the end; null where they have to be copied.</returns>
    private static async ValueTask<int?> PassThroughKernelAsync(Connection source, Connection target)
    {
        using var buffer = source.RentKernelBuffer(target);
        if (buffer is null)
        {
            return null;
        }

        var count = await source.ReceiveIntoAsync(buffer).ConfigureAwait(false);
        if (count > 0)
        {
            await target.SendFromAsync(buffer).ConfigureAwait(false);
        }

        return count;
    }

    /// <returns>How many bytes were passed on; 0 at the end.</returns>
    private static async ValueTask<int> CopyAsync(Connection source, Connection target, int pieceBytes)
    {
        var buffer = BufferPool.Rent(pieceBytes);
        try
        {
            var count = await source.ReceiveAsync(buffer).ConfigureAwait(false);
            if (count > 0)
            {
                await target.SendAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
            }

            return count;
        }
        finally
        {
            BufferPool.Return(buffer);
        }
    }
}
