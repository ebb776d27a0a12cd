using System.Diagnostics;
using System.Security.Cryptography;

namespace Switchboard.Bench.Load.Generating;

/// <summary>SHA-256 and nothing else: what a transfer that digests every byte cannot be faster than.</summary>
internal static class HashLoad
{
    private const int PieceBytes = 256 * 1024;

    /// <returns>How long one thread takes for so many bytes that are in its cache.</returns>
    public static TimeSpan Run(long bytes)
    {
        var piece = new byte[PieceBytes];
        RandomNumberGenerator.Fill(piece);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(piece);
        var start = Stopwatch.GetTimestamp();
        for (long done = 0; done < bytes; done += PieceBytes)
        {
            digest.AppendData(piece);
        }

        _ = digest.GetCurrentHash();
        return Stopwatch.GetElapsedTime(start);
    }
}
