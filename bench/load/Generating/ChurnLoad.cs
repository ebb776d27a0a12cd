using System.Diagnostics;
using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>Connections that live for one message: connect, send, receive the echo, close; and the next.</summary>
internal sealed unsafe class ChurnLoad : IDisposable
{
    private const int Lanes = 16;
    private const int MessageBytes = 32;
    private const int LookMilliseconds = 100;

    // A port rests for a minute after its connection. So many addresses have more ports than a minute has connections.
    private const int Sources = 200;

    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    private readonly int _port;
    private readonly int[] _sockets = new int[Lanes];
    private readonly int[] _received = new int[Lanes];
    private readonly long[] _startedAt = new long[Lanes];
    private readonly EventQueue _events = new();
    private readonly byte* _message = (byte*)NativeMemory.Alloc(MessageBytes);
    private readonly byte* _echo = (byte*)NativeMemory.Alloc(MessageBytes);
    private readonly LatencyHistogram _latencies = new();
    private long _opened;
    private long _done;
    private long _lastDoneAt;
    private long _longestGap;

    public ChurnLoad(int port)
    {
        _port = port;
        new Span<byte>(_message, MessageBytes).Fill((byte)'m');
        for (var lane = 0; lane < Lanes; lane++)
        {
            Open(lane);
        }
    }

    /// <summary>Runs for a time and forgets what came before.</summary>
    /// <returns>A round trip is a connection's whole life.</returns>
    /// <exception cref="EchoFailedException">An echo was wrong, or none came for ten seconds.</exception>
    public EchoCount Run(TimeSpan time)
    {
        _latencies.Clear();
        _done = 0;
        _longestGap = 0;
        var start = Stopwatch.GetTimestamp();
        _lastDoneAt = start;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var count = _events.Wait(LookMilliseconds);
            for (var number = 0; number < count; number++)
            {
                Serve(_events.TokenOf(number));
            }

            if (Stopwatch.GetElapsedTime(_lastDoneAt) > MaxSilence)
            {
                throw new EchoFailedException("The server has not answered for ten seconds.");
            }
        }

        return new EchoCount(
            _done, Stopwatch.GetElapsedTime(start), _latencies, Stopwatch.GetElapsedTime(0, _longestGap));
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            LoopbackSocket.Close(socket);
        }

        _events.Dispose();
        NativeMemory.Free(_message);
        NativeMemory.Free(_echo);
    }

    private void Open(int lane)
    {
        _startedAt[lane] = Stopwatch.GetTimestamp();
        _received[lane] = 0;
        _sockets[lane] = LoopbackSocket.Connect(_port, 1 + (int)(_opened++ % Sources));
        if (LoopbackSocket.Send(_sockets[lane], _message, MessageBytes) != MessageBytes)
        {
            throw new EchoFailedException("The kernel takes no 32 bytes on a new connection.");
        }

        _events.Add(_sockets[lane], lane);
    }

    private void Serve(int lane)
    {
        var count = LoopbackSocket.Receive(_sockets[lane], _echo, MessageBytes - _received[lane]);
        if (count == LoopbackSocket.WouldBlock)
        {
            return;
        }

        if (count == 0 || new ReadOnlySpan<byte>(_echo, count).ContainsAnyExcept((byte)'m'))
        {
            throw new EchoFailedException("The server did not send back what it was sent.");
        }

        _received[lane] += count;
        if (_received[lane] == MessageBytes)
        {
            LoopbackSocket.Close(_sockets[lane]);
            Count(lane);
            Open(lane);
        }
    }

    private void Count(int lane)
    {
        var now = Stopwatch.GetTimestamp();
        _latencies.Record(Stopwatch.GetElapsedTime(_startedAt[lane], now).Ticks * TimeSpan.NanosecondsPerTick);
        _done++;
        _longestGap = Math.Max(_longestGap, now - _lastDoneAt);
        _lastDoneAt = now;
    }
}
