using System.Diagnostics;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>One connection of the library to an echo: one message at a time, or as much as goes.</summary>
internal sealed class LocalLoad(Connection connection)
{
    private const int MessageBytes = 32;
    private const int PieceBytes = 64 * 1024;

    private readonly LatencyHistogram _latencies = new();

    /// <summary>Connects; the connection is to be disposed by whoever gets it.</summary>
    public static Connection Connect(string endpoint, ITransport? transport) =>
        Connection.ConnectAsync(endpoint, new ConnectOptions { Transport = transport }).GetAwaiter().GetResult();

    /// <summary>Sends a message whenever the one before is back.</summary>
    public EchoCount PingPong(TimeSpan time) => PingPongAsync(time).GetAwaiter().GetResult();

    /// <summary>Has many do so side by side.</summary>
    public static EchoCount PingPong(IReadOnlyList<LocalLoad> crowd, TimeSpan time)
    {
        var counts = Task.WhenAll(crowd.Select(load => load.PingPongAsync(time))).GetAwaiter().GetResult();
        return counts[0] with { RoundTrips = counts.Sum(count => count.RoundTrips) };
    }

    /// <summary>Sends and receives next to each other; how many bytes came back in a second.</summary>
    public double Bulk(TimeSpan time) => BulkAsync(time).GetAwaiter().GetResult();

    private async Task<EchoCount> PingPongAsync(TimeSpan time)
    {
        _latencies.Clear();
        var message = new byte[MessageBytes];
        var start = Stopwatch.GetTimestamp();
        var longest = TimeSpan.Zero;
        var before = start;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await connection.SendAsync(message);
            await connection.ReceiveExactlyAsync(message);
            var now = Stopwatch.GetTimestamp();
            var took = Stopwatch.GetElapsedTime(before, now);
            _latencies.Record((long)took.TotalNanoseconds);
            longest = took > longest ? took : longest;
            before = now;
        }

        return new EchoCount(_latencies.Count, Stopwatch.GetElapsedTime(start), _latencies, longest);
    }

    private async Task<double> BulkAsync(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var sending = SendAsync(start, time);
        var buffer = new byte[PieceBytes];
        long received = 0;
        while (await connection.ReceiveAsync(buffer) is > 0 and var count)
        {
            received += count;
        }

        var took = Stopwatch.GetElapsedTime(start);
        var sent = await sending;
        return received == sent
            ? received / took.TotalSeconds
            : throw new EchoFailedException($"{sent} bytes were sent, and {received} came back.");
    }

    private async Task<long> SendAsync(long start, TimeSpan time)
    {
        var piece = new byte[PieceBytes];
        long sent = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            await connection.SendAsync(piece);
            sent += piece.Length;
        }

        await connection.CompleteSendingAsync();
        return sent;
    }
}
