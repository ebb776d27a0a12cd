using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Switchboard.Files.Transfers;

/// <summary>Reads the beginning of a file into a digest, off the loop that the connection lives on.</summary>
internal static class FileDigest
{
    private const int PieceBytes = 256 * 1024;

    /// <returns>How many bytes there were: fewer than asked for if the file is shorter.</returns>
    public static async ValueTask<long> AppendAsync(
        IncrementalHash digest, SafeFileHandle file, long bytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long done = 0;
            while (done < bytes)
            {
                var room = buffer.AsMemory(0, (int)Math.Min(PieceBytes, bytes - done));
                var count = await RandomAccess.ReadAsync(file, room, done, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                digest.AppendData(room.Span[..count]);
                done += count;
            }

            return done;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
