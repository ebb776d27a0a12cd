using System.Diagnostics;
using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Datagrams of one size, so many at once, to one server; the next ones when all of them have come back. They are cut
/// and joined by the kernel, so that the generator costs little and the server's own calls are what is compared.
/// </summary>
internal sealed unsafe class DatagramLoad : IDisposable
{
    private const int MaxJoinedBytes = 65507;
    private const int PatienceMilliseconds = 200;

    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    private readonly int _socket;
    private readonly int _datagramBytes;
    private readonly int _burstBytes;
    private readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(MaxJoinedBytes);
    private readonly LatencyHistogram _latencies = new();

    /// <exception cref="LoadException">So much does not go into one joined send.</exception>
    public DatagramLoad(int port, Cell cell)
    {
        _datagramBytes = cell.MessageBytes;
        _burstBytes = cell.MessageBytes * cell.Depth;
        if (cell.Connections != 1 || _burstBytes > MaxJoinedBytes)
        {
            throw new EchoFailedException(
                $"{cell} is no cell of datagrams: 1 x bytes x at once, {MaxJoinedBytes} in all.");
        }

        _socket = LoopbackDatagrams.Connect(port, _datagramBytes);
    }

    /// <summary>Runs for a time and forgets what came before.</summary>
    /// <returns>A round trip is one datagram and its echo.</returns>
    /// <exception cref="EchoFailedException">None came back for ten seconds.</exception>
    public EchoCount Run(TimeSpan time)
    {
        _latencies.Clear();
        var (done, longestGap) = (0L, 0L);
        var start = Stopwatch.GetTimestamp();
        var lastDoneAt = start;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var began = Stopwatch.GetTimestamp();
            _ = LoopbackSocket.Send(_socket, _bytes, _burstBytes);
            var received = ReceiveBurst();
            var now = Stopwatch.GetTimestamp();
            if (received > 0)
            {
                done += received;
                _latencies.Record(Stopwatch.GetElapsedTime(began, now).Ticks * TimeSpan.NanosecondsPerTick);
                longestGap = Math.Max(longestGap, now - lastDoneAt);
                lastDoneAt = now;
            }
            else if (Stopwatch.GetElapsedTime(lastDoneAt) > MaxSilence)
            {
                throw new EchoFailedException("The server has not answered for ten seconds.");
            }
        }

        return new EchoCount(
            done, Stopwatch.GetElapsedTime(start), _latencies, Stopwatch.GetElapsedTime(0, longestGap));
    }

    public void Dispose()
    {
        LoopbackSocket.Close(_socket);
        NativeMemory.Free(_bytes);
    }

    // What is lost is not waited for longer than the patience.
    private int ReceiveBurst()
    {
        var received = 0;
        while (received < _burstBytes && LoopbackSocket.WaitToReceive(_socket, PatienceMilliseconds))
        {
            received += Math.Max(0, LoopbackSocket.Receive(_socket, _bytes, MaxJoinedBytes));
        }

        return received / _datagramBytes;
    }
}
