using System.Buffers.Binary;
using System.Diagnostics;

namespace Switchboard.Bench.Servers;

/// <summary>
/// An echo of 32-byte messages that does what no handler should: it blocks its thread when a message asks for it.
/// </summary>
/// <remarks>A message's first byte is 0 to answer at once, 1 to sleep before, 2 to compute before; the next four are
/// for how many milliseconds, little-endian.</remarks>
internal static class BlockingHandler
{
    private const int MessageBytes = 32;

    public static async Task RunAsync(Connection connection, CancellationToken stopping)
    {
        var message = new byte[MessageBytes];
        while (true)
        {
            await connection.ReceiveExactlyAsync(message, stopping);
            Block(message);
            await connection.SendAsync(message, CancellationToken.None);
        }
    }

    private static void Block(ReadOnlySpan<byte> message)
    {
        var time = TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt32LittleEndian(message[1..]));
        switch (message[0])
        {
            case 1:
                Thread.Sleep(time);
                break;
            case 2:
                Compute(time);
                break;
            default:
                break;
        }
    }

    private static void Compute(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(1);
        }
    }
}
