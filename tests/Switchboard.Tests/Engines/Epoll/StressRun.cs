using System.Buffers.Binary;
using System.Collections.Concurrent;
using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>
/// Many connections over two loops, both ends of them: messages of all sizes that a handler answers with the same
/// bytes, handlers that block, receives that are cancelled, peers that leave in every way. Every byte is compared.
/// </summary>
internal sealed class StressRun(ulong seed, FaultRates rates)
{
    private const int Peers = 200;
    private const int Messages = 25;
    private const int HeaderBytes = 5;
    private const byte Leave = byte.MaxValue;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly EpollEngine _engine = new(
        new EngineOptions { Loops = 2, MaxSpareThreads = 16 }, new SeededFaults(seed, rates));

    private readonly ConcurrentDictionary<int, string> _busy = [];
    private readonly ConcurrentQueue<string> _problems = [];

    public EngineStatistics Statistics => _engine.GetStatistics();

    /// <summary>Runs it to the end.</summary>
    /// <returns>What went wrong.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync()
    {
        var server = await Server.StartAsync("tcp://127.0.0.1:0", AnswerAsync, new ServerOptions
        {
            Listen = new ListenOptions { Engine = _engine },
            DrainTimeout = Patience,
        });

        var talking = Task.WhenAll(Enumerable.Range(0, Peers).Select(peer => TalkAsync(server.Local, peer)));
        if (await Task.WhenAny(talking, Task.Delay(Patience, TimeProvider.System)) != talking)
        {
            _problems.Enqueue($"{_busy.Count} hang: {string.Join("; ", _busy.OrderBy(one => one.Key).Take(20))}");
            _engine.Stop();
            return _problems;
        }

        await server.StopAsync(Patience);
        _engine.Stop();
        await Waiting.UntilAsync(() => _engine.GetStatistics().Threads == 0);
        return _problems;
    }

    private async Task TalkAsync(Endpoint remote, int peer)
    {
        var chance = new Random(HashCode.Combine((int)seed, peer));
        _busy[peer] = "connecting";
        try
        {
            var connection = await Connection.ConnectAsync(remote, new ConnectOptions
            {
                Engine = _engine,
                Timeout = Timeout.InfiniteTimeSpan,
            });
            await TalkAsync(connection, peer, chance);
        }
        catch (Exception error)
        {
            _problems.Enqueue($"{peer}, {_busy[peer]}: {error}");
        }

        _busy.TryRemove(peer, out _);
    }

    private async Task TalkAsync(Connection connection, int peer, Random chance)
    {
        for (var message = 1; message <= Messages; message++)
        {
            var fate = chance.Next(100);
            var isLast = message == Messages || fate < 2;
            var bytes = Message(chance, isLast && fate % 2 == 0);
            _busy[peer] = $"sending {bytes.Length} as number {message}, last: {isLast}";
            var sending = SendAsync(connection, bytes, isLast);
            if (fate is 2 or 3)
            {
                // At any moment, from another thread, with whatever is going on.
                var receiving = Record.ExceptionAsync(
                    () => connection.ReceiveExactlyAsync(new byte[bytes.Length]).AsTask()).AsTask();
                await Task.Run(connection.Abort);
                await Record.ExceptionAsync(() => sending);
                await receiving;
                return;
            }

            await sending;
            _busy[peer] = $"receiving {bytes.Length - HeaderBytes} as number {message}, last: {isLast}";
            await CompareAsync(connection, bytes.AsMemory(HeaderBytes), chance);
            if (isLast)
            {
                break;
            }
        }

        _busy[peer] = "receiving the end";
        if (await connection.ReceiveAsync(new byte[1]) != 0)
        {
            _problems.Enqueue($"{peer}: more came than was sent.");
        }

        _busy[peer] = "closing";
        await connection.DisposeAsync();
    }

    private static byte[] Message(Random chance, bool leaves)
    {
        var length = chance.Next(20) == 0 ? chance.Next(1, 300_000) : chance.Next(1, 3000);
        var bytes = new byte[HeaderBytes + length];
        chance.NextBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        bytes[HeaderBytes - 1] = leaves ? Leave : chance.Next(20) == 0 ? (byte)chance.Next(2, 20) : (byte)0;
        return bytes;
    }

    // The end right behind the last bytes: the receiver may meet both at once.
    private static async Task SendAsync(Connection connection, byte[] bytes, bool isLast)
    {
        await connection.SendAsync(bytes);
        if (isLast)
        {
            await connection.CompleteSendingAsync();
        }
    }

    private static async Task CompareAsync(Connection connection, Memory<byte> expected, Random chance)
    {
        var buffer = new byte[chance.Next(1, 70_000)];
        while (!expected.IsEmpty)
        {
            var count = await ReceiveAsync(connection, buffer, chance);
            if (count == 0 || count > expected.Length
                || !expected.Span[..count].SequenceEqual(buffer.AsSpan(0, count)))
            {
                throw new InvalidDataException($"{count} wrong bytes, {expected.Length} before the end.");
            }

            expected = expected[count..];
            if (chance.Next(200) == 0)
            {
                Block(5);
            }
        }
    }

    private static async Task<int> ReceiveAsync(Connection connection, Memory<byte> buffer, Random chance)
    {
        while (chance.Next(8) == 0)
        {
            using var cancel = new CancellationTokenSource();
            var receiving = connection.ReceiveAsync(buffer, cancel.Token).AsTask();
            Thread.SpinWait(chance.Next(1000));
            await cancel.CancelAsync();
            try
            {
                return await receiving;
            }
            catch (OperationCanceledException)
            {
                // Nothing is lost by that.
            }
        }

        return await connection.ReceiveAsync(buffer);
    }

    private async Task AnswerAsync(Connection connection, CancellationToken stopping)
    {
        var header = new byte[HeaderBytes];
        while (await connection.ReceiveAsync(Memory<byte>.Empty, stopping) == 0)
        {
            var first = await connection.ReceiveAsync(header, stopping);
            if (first == 0)
            {
                return;
            }

            await connection.ReceiveExactlyAsync(header.AsMemory(first), stopping);
            var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
            await connection.ReceiveExactlyAsync(bytes, stopping);
            var pause = header[HeaderBytes - 1];
            Block(pause == Leave ? 0 : pause);
            await connection.SendAsync(bytes, stopping);
            if (pause == Leave)
            {
                // Closing follows the bytes at once.
                return;
            }
        }
    }

    private static void Block(int milliseconds)
    {
        if (milliseconds > 0)
        {
            using var never = new ManualResetEventSlim();
            never.Wait(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
