using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Switchboard.Bench.Load.Kernel;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Generating;

/// <summary>
/// Members of one room of a chat server. The first of them speak in turn, at a steady rate; all listen, in one thread.
/// </summary>
internal sealed unsafe class ChatCrowd : IDisposable
{
    /// <summary>How many messages a second, of all senders together.</summary>
    public const int MessagesPerSecond = 20;

    /// <summary>Each speaks once a second: nobody takes that for a flood.</summary>
    public const int Senders = 20;

    private const string Room = "#load";
    private const int ReceiveBytes = 256 * 1024;
    private const int ConnectionsPerSource = 10_000;

    // A member that enters costs a line to each that is in already: so many do it at once that no queue is long.
    private const int MaxEntering = 500;

    // Some servers let ten wait to be accepted; one more is tried again by the kernel, a second later.
    private const int MaxKnocking = 8;

    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(20);
    private static readonly long Interval = Stopwatch.Frequency / MessagesPerSecond;
    private static readonly byte[] Join = Encoding.ASCII.GetBytes($"JOIN {Room}\r\n");

    private readonly int _port;
    private readonly ChatMember[] _members;
    private readonly ChatTally _tally;
    private readonly EventQueue _events = new();
    private readonly LatencyHistogram _times = new();
    private readonly byte* _bytes = (byte*)NativeMemory.Alloc(ReceiveBytes);
    private int _greeted;
    private int _joined;
    private int _next;
    private long _heardAt = Stopwatch.GetTimestamp();

    public ChatCrowd(int port, int count)
    {
        _port = port;
        _members = new ChatMember[count];
        _tally = new ChatTally(count, Math.Min(Senders, count));
    }

    /// <summary>Brings all of them into the room.</summary>
    /// <exception cref="ChatFailedException">The server did not let one in.</exception>
    public void Enter()
    {
        for (var number = 0; number < _members.Length; number++)
        {
            _members[number].Socket = LoopbackSocket.Connect(_port, number / ConnectionsPerSource);
            _events.Add(_members[number].Socket, number);
            Send(number, Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"NICK m{number}\r\nUSER m 0 * :Member {number}\r\n")));
            ListenUntil(() => _greeted > number - MaxKnocking && _joined > number - MaxEntering);
        }

        ListenUntil(() => _joined == _members.Length);
    }

    /// <summary>Speaks for a time, and listens until everything has arrived, or nothing more does.</summary>
    public ChatCount Run(TimeSpan time)
    {
        _times.Clear();
        var (delivered, doubled, lost) = (_tally.Delivered, _tally.Doubled, _tally.CountLost());
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (var due = start; due < end; due += Interval)
        {
            ListenUntil(due);
            Speak();
        }

        try
        {
            ListenUntil(() => _tally.Delivered - _tally.Doubled >= _tally.Due - lost);
        }
        catch (ChatFailedException)
        {
            // What has not come by now is lost, and counted below.
        }

        return new ChatCount(
            _tally.Delivered - delivered, _tally.CountLost() - lost, _tally.Doubled - doubled,
            Stopwatch.GetElapsedTime(start), _times);
    }

    public void Dispose()
    {
        foreach (var member in _members)
        {
            if (member.Socket > 0)
            {
                LoopbackSocket.Close(member.Socket);
            }
        }

        _events.Dispose();
        NativeMemory.Free(_bytes);
    }

    private void Speak()
    {
        var sender = _next;
        _next = (_next + 1) % Math.Min(Senders, _members.Length);
        Send(sender, new ChatText(sender, _tally.CountSent(sender), Stopwatch.GetTimestamp()).ToLine(Room));
    }

    private void Send(int member, ReadOnlySpan<byte> line)
    {
        fixed (byte* bytes = line)
        {
            if (LoopbackSocket.Send(_members[member].Socket, bytes, line.Length) != line.Length)
            {
                throw new ChatFailedException("The server takes nothing from a member.");
            }
        }
    }

    private void ListenUntil(long due)
    {
        long left;
        while ((left = due - Stopwatch.GetTimestamp()) > 0)
        {
            Listen((int)(left * 1000 / Stopwatch.Frequency));
        }
    }

    private void ListenUntil(Func<bool> isOver)
    {
        _heardAt = Stopwatch.GetTimestamp();
        while (!isOver())
        {
            Listen(timeoutMilliseconds: 100);
            if (Stopwatch.GetElapsedTime(_heardAt) > MaxSilence)
            {
                throw new ChatFailedException($"The server has sent nothing for {MaxSilence.TotalSeconds} seconds.");
            }
        }
    }

    private void Listen(int timeoutMilliseconds)
    {
        var count = _events.Wait(timeoutMilliseconds);
        for (var number = 0; number < count; number++)
        {
            Receive(_events.TokenOf(number));
        }
    }

    private void Receive(int number)
    {
        ref var member = ref _members[number];
        int kept, count;
        do
        {
            kept = Restore(ref member);
            count = LoopbackSocket.Receive(member.Socket, _bytes + kept, ReceiveBytes - kept);
            if (count == 0)
            {
                throw new ChatFailedException($"The server closed a connection, with {_joined} members in the room.");
            }

            Take(number, new ReadOnlySpan<byte>(_bytes, kept + Math.Max(count, 0)));
        }
        while (count == ReceiveBytes - kept);
    }

    private int Restore(ref ChatMember member)
    {
        if (member.Partial is not { } partial)
        {
            return 0;
        }

        partial.CopyTo(new Span<byte>(_bytes, ReceiveBytes));
        member.Partial = null;
        return partial.Length;
    }

    private void Take(int number, ReadOnlySpan<byte> bytes)
    {
        int end;
        while ((end = bytes.IndexOf((byte)'\n')) >= 0)
        {
            TakeLine(number, bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        _members[number].Partial = bytes.IsEmpty ? null : bytes.ToArray();
    }

    private void TakeLine(int number, ReadOnlySpan<byte> line)
    {
        _heardAt = Stopwatch.GetTimestamp();
        if (!line.StartsWith((byte)':'))
        {
            Answer(number, line);
            return;
        }

        var word = line[(line.IndexOf((byte)' ') + 1)..];
        if (word.StartsWith("PRIVMSG "u8) && ChatText.TryRead(word, out var text))
        {
            _tally.CountDelivered(number, text.Sender, text.Count);
            _times.Record((_heardAt - text.SentAt) * (1_000_000_000 / Stopwatch.Frequency));
        }
        else if (word.StartsWith("376 "u8) || word.StartsWith("422 "u8))
        {
            // The message of the day is over, or there is none.
            _greeted++;
            Send(number, Join);
        }
        else if (word.StartsWith("366 "u8))
        {
            _joined++;
        }
        else if (word.StartsWith((byte)'4'))
        {
            throw new ChatFailedException($"The server refuses: {Encoding.ASCII.GetString(line).Trim()}");
        }
    }

    private void Answer(int number, ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("PING "u8))
        {
            Send(number, [.. "PONG "u8, .. line[5..].TrimEnd((byte)'\r'), .. "\r\n"u8]);
        }
        else if (line.StartsWith("ERROR "u8))
        {
            throw new ChatFailedException($"The server ends a member: {Encoding.ASCII.GetString(line).Trim()}");
        }
    }
}
