using System.Diagnostics;
using System.Runtime.InteropServices;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Keeps a number of messages under way on each of a number of connections: for each echo that returns, the next
/// message goes out. One thread, and nothing allocated while it runs.
/// </summary>
internal sealed unsafe class EchoLoad : IDisposable
{
    private const int MinReceiveBytes = 64 * 1024;
    private const int LookMilliseconds = 100;

    // 28,000 ports an address; so many connections of one load come from the same.
    private const int ConnectionsPerSource = 10_000;

    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(10);

    private readonly Cell _cell;
    private readonly MessagePattern _pattern;
    private readonly ByteCheck _check;
    private readonly EchoLane[] _lanes;
    private readonly long[] _startedAt;
    private readonly EventQueue _events = new();
    private readonly byte* _sendBytes;
    private readonly byte* _receiveBytes;
    private readonly int _receiveBytesLength;
    private readonly LatencyHistogram _latencies = new();
    private Blockers? _blockers;
    private long _roundTrips;
    private long _lastEchoAt;
    private long _longestGap;

    public EchoLoad(Cell cell, MessageShape shape, ByteCheck check)
    {
        _cell = cell;
        _check = check;
        _pattern = new MessagePattern(cell, shape);
        _lanes = new EchoLane[cell.Connections];
        _startedAt = new long[cell.Connections * cell.Depth];
        _receiveBytesLength = Math.Max(MinReceiveBytes, cell.MessageBytes * cell.Depth);
        _receiveBytes = (byte*)NativeMemory.Alloc((nuint)_receiveBytesLength);
        _sendBytes = (byte*)NativeMemory.Alloc((nuint)_pattern.Bytes.Length);
        _pattern.Bytes.CopyTo(new Span<byte>(_sendBytes, _pattern.Bytes.Length));
    }

    /// <summary>Opens every connection and sends the first messages.</summary>
    /// <param name="port">To connect to.</param>
    /// <param name="blockers">Other connections to serve on the same thread, not counted.</param>
    public void Connect(int port, Blockers? blockers = null)
    {
        _blockers = blockers;
        _blockers?.Connect(port, _events, _lanes.Length);
        for (var number = 0; number < _lanes.Length; number++)
        {
            ref var lane = ref _lanes[number];
            lane.Socket = LoopbackSocket.Connect(port, number / ConnectionsPerSource);
            _events.Add(lane.Socket, number);

            // Not every connection starts at the same message: an answer to somebody else is seen too.
            lane.SendAt = lane.ReceiveAt = number % _pattern.Messages * _cell.MessageBytes;
        }

        _lastEchoAt = Stopwatch.GetTimestamp();
        Array.Fill(_startedAt, _lastEchoAt);
        for (var number = 0; number < _lanes.Length; number++)
        {
            _lanes[number].Unsent = _cell.Depth * _cell.MessageBytes;
            SendMore(ref _lanes[number]);
        }
    }

    /// <summary>Runs for a time and forgets what came before.</summary>
    /// <exception cref="EchoFailedException">An echo was wrong, or none came for ten seconds.</exception>
    public EchoCount Run(TimeSpan time)
    {
        _latencies.Clear();
        _roundTrips = 0;
        _longestGap = 0;
        var start = Stopwatch.GetTimestamp();
        _lastEchoAt = start;
        var end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        long now;
        while ((now = Stopwatch.GetTimestamp()) < end)
        {
            var count = _events.Wait(LookMilliseconds);
            for (var number = 0; number < count; number++)
            {
                Serve(_events.TokenOf(number));
            }

            if (count == 0)
            {
                FailIfSilent();
            }
        }

        CountWaiting(now);
        return new EchoCount(_roundTrips, Stopwatch.GetElapsedTime(start, now), _latencies, ToTime(_longestGap));
    }

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            if (lane.Socket > 0)
            {
                LoopbackSocket.Close(lane.Socket);
            }
        }

        _events.Dispose();
        NativeMemory.Free(_sendBytes);
        NativeMemory.Free(_receiveBytes);
    }

    private void Serve(int number)
    {
        if (number >= _lanes.Length)
        {
            _blockers!.Serve(number - _lanes.Length);
            return;
        }

        ref var lane = ref _lanes[number];
        int count;
        do
        {
            count = LoopbackSocket.Receive(lane.Socket, _receiveBytes, _receiveBytesLength);
            if (count > 0)
            {
                Take(ref lane, number, count);
            }
            else if (count == 0)
            {
                throw new EchoFailedException("The server closed a connection.");
            }
        }
        while (count == _receiveBytesLength);

        SendMore(ref lane);
    }

    private void Take(ref EchoLane lane, int number, int count)
    {
        Check(ref lane, new ReadOnlySpan<byte>(_receiveBytes, count));
        lane.Partial += count;
        var whole = lane.Partial / _cell.MessageBytes;
        lane.Partial -= whole * _cell.MessageBytes;
        lane.ReceiveAt = (lane.ReceiveAt + count) % _pattern.RingBytes;
        if (whole == 0)
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        var startedAt = _startedAt.AsSpan(number * _cell.Depth, _cell.Depth);
        for (var message = 0; message < whole; message++)
        {
            _latencies.Record(ToNanoseconds(now - startedAt[lane.Oldest]));

            // Its successor starts now, even if the kernel has no room for it yet: waiting for room is waiting.
            startedAt[lane.Oldest] = now;
            lane.Oldest = lane.Oldest + 1 == _cell.Depth ? 0 : lane.Oldest + 1;
        }

        lane.Unsent += whole * _cell.MessageBytes;
        _roundTrips += whole;
        _longestGap = Math.Max(_longestGap, now - _lastEchoAt);
        _lastEchoAt = now;
    }

    private void Check(ref EchoLane lane, ReadOnlySpan<byte> received)
    {
        var underWay = (_cell.Depth * _cell.MessageBytes) - lane.Unsent - lane.Partial;
        if (received.Length > underWay)
        {
            throw new EchoFailedException("The server sent more than it was sent.");
        }

        var matches = _check == ByteCheck.EveryByte
            ? _pattern.Matches(lane.ReceiveAt, received)
            : _pattern.MatchesAtFirstSight(lane.ReceiveAt, received);
        if (!matches)
        {
            throw new EchoFailedException("The server sent other bytes than it was sent.");
        }
    }

    private void SendMore(ref EchoLane lane)
    {
        while (lane.Unsent > 0)
        {
            var sent = LoopbackSocket.Send(lane.Socket, _sendBytes + lane.SendAt, lane.Unsent);
            if (sent == LoopbackSocket.WouldBlock)
            {
                return;
            }

            lane.Unsent -= sent;
            lane.SendAt = (lane.SendAt + sent) % _pattern.RingBytes;
        }
    }

    // A server that stands still answers nothing late: what is still under way has waited, and counts with that.
    private void CountWaiting(long now)
    {
        foreach (var startedAt in _startedAt)
        {
            _latencies.Record(ToNanoseconds(now - startedAt));
        }

        _longestGap = Math.Max(_longestGap, now - _lastEchoAt);
    }

    private void FailIfSilent()
    {
        if (Stopwatch.GetElapsedTime(_lastEchoAt) > MaxSilence)
        {
            throw new EchoFailedException("The server has not answered for ten seconds.");
        }
    }

    private static TimeSpan ToTime(long ticks) => Stopwatch.GetElapsedTime(0, ticks);

    // On Linux a tick of the stopwatch is a nanosecond.
    private static long ToNanoseconds(long ticks) => ticks * (1_000_000_000 / Stopwatch.Frequency);
}
