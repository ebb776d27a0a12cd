using System.Security.Cryptography;

namespace Switchboard.Testing.Conformance;

/// <summary>Many bytes, and peers that do not keep up.</summary>
internal static class PressureChecks
{
    private const int ChunkBytes = 64 * 1024;
    private const int BulkBytes = 64 * 1024 * 1024;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("A peer that does not receive holds the sender back, and loses nothing", SlowReader),
        ConformanceCheck.Once("64 MiB go both ways at once, and every byte arrives", Bulk),
    ];

    private static async Task SlowReader(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var chunk = Pattern.Bytes(ChunkBytes);
        var taken = 0;
        var sending = near.SendAsync(chunk, trial.Token).AsTask();
        while (!await trial.IsHeldUp(sending))
        {
            await sending;
            taken++;
            trial.True(
                (long)taken * ChunkBytes <= trial.Subject.MaxBufferedBytes,
                $"the sender to be held back before {trial.Subject.MaxBufferedBytes} bytes",
                $"{(long)taken * ChunkBytes} bytes taken",
                "send to a peer that does not receive");
            sending = near.SendAsync(chunk, trial.Token).AsTask();
        }

        for (var i = 0; i <= taken; i++)
        {
            await trial.ExpectBytes(far, chunk);
        }

        await trial.Soon(sending);
        await trial.ExpectWorks(near, far);
    }

    private static async Task Bulk(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await Task.WhenAll(
            SendAndCompare(trial, near, far, seed: 1),
            SendAndCompare(trial, far, near, seed: 2));
    }

    private static async Task SendAndCompare(Trial trial, Connection from, Connection to, int seed)
    {
        var receiving = HashReceived(trial, to);
        var sent = await HashSent(trial, from, seed);
        var (count, received) = await receiving;

        trial.Equal(BulkBytes, count, "bytes received");
        trial.SameBytes(sent, received, "the hash of what was received");
    }

    /// <summary>Pieces of all lengths, taken from all places of a pattern.</summary>
    private static async Task<byte[]> HashSent(Trial trial, Connection connection, int seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var pattern = Pattern.Bytes(1024 * 1024, seed);
        var chance = new Random(seed);
        for (var left = BulkBytes; left > 0;)
        {
            var start = chance.Next(pattern.Length);
            var piece = pattern.AsMemory(start, Math.Min(left, chance.Next(1, pattern.Length - start + 1)));
            hash.AppendData(piece.Span);
            await trial.Soon(connection.SendAsync(piece, trial.Token));
            left -= piece.Length;
        }

        await trial.Soon(connection.CompleteSendingAsync(trial.Token));
        return hash.GetHashAndReset();
    }

    private static async Task<(int Count, byte[] Hash)> HashReceived(Trial trial, Connection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        var total = 0;
        while (true)
        {
            var count = await trial.Soon(connection.ReceiveAsync(buffer, trial.Token), "receive many bytes");
            if (count == 0)
            {
                return (total, hash.GetHashAndReset());
            }

            hash.AppendData(buffer, 0, count);
            total += count;
        }
    }
}
