using System.Collections.Concurrent;
using Switchboard.Connections;

namespace Switchboard.Engines.Epoll;

/// <summary>A pipe between two sockets: its bytes are pages that the kernel passes on.</summary>
internal sealed class PipeBuffer : KernelBuffer
{
    // Two descriptors each, for which the reserve has room whatever connections there are. A direction has one only
    // while bytes are in it; who finds none copies.
    private const int MaxPipes = 16;

    private const int AskedBytes = 256 * 1024;

    private static readonly ConcurrentBag<PipeBuffer> Idle = [];
    private static int _rented;

    private readonly int _in;
    private readonly int _out;

    private PipeBuffer(int input, int output, int capacity)
    {
        _in = input;
        _out = output;
        Capacity = capacity;
    }

    public override int Capacity { get; }

    /// <summary>How many are in use.</summary>
    public static int Rented => Volatile.Read(ref _rented);

    /// <summary>Where bytes go in.</summary>
    public int Input => _in;

    /// <summary>Where they come out.</summary>
    public int Output => _out;

    /// <returns>Null when too many are in use, or the kernel gives no other.</returns>
    public static PipeBuffer? TryRent()
    {
        var pipe = Interlocked.Increment(ref _rented) > MaxPipes ? null
            : Idle.TryTake(out var idle) ? idle
            : TryMake();
        if (pipe is null)
        {
            Interlocked.Decrement(ref _rented);
        }

        return pipe;
    }

    public override void Dispose()
    {
        if (Length == 0)
        {
            Idle.Add(this);
        }
        else
        {
            // The bytes are somebody's, and nobody else's.
            _ = Libc.Close(_in);
            _ = Libc.Close(_out);
        }

        Interlocked.Decrement(ref _rented);
    }

    private static unsafe PipeBuffer? TryMake()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.NonBlocking | Libc.CloseOnExec) < 0)
        {
            return null;
        }

        // Refused to a user who has many pipes: then it keeps the size that it has.
        var capacity = Libc.Control(ends[1], Libc.SetPipeSize, AskedBytes);
        capacity = capacity > 0 ? capacity : Libc.Control(ends[1], Libc.GetPipeSize, 0);
        return new PipeBuffer(ends[1], ends[0], capacity);
    }
}
