using System.Collections.Concurrent;
using Switchboard.Engines.Epoll;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>Lets go wrong what a seed decides, and keeps what the engine expects of a kernel.</summary>
internal sealed class SeededFaults(ulong seed, FaultRates rates) : IFaults
{
    private const int KeysKept = 64;
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private static readonly int[] AcceptShortages =
        [Errno.TooManyInProcess, Errno.TooManyInSystem, Errno.NoBuffers, Errno.OutOfMemory];

    private static readonly int[] SendShortages = [Errno.NoBuffers, Errno.OutOfMemory];

    private readonly ConcurrentQueue<LateEvent> _delivered = [];
    private ulong _last = seed;

    public bool TryFailReceive(Operation asker, ref int length, out int errno) =>
        TryFail(asker, ref length, [], out errno);

    public bool TryFailSend(Operation asker, ref int length, out int errno) =>
        TryFail(asker, ref length, SendShortages, out errno);

    public bool TryFailAccept(Operation asker, out int errno)
    {
        var one = 1;
        return TryFail(asker, ref one, AcceptShortages, out errno);
    }

    public void BeforeParking(Operation operation)
    {
        if (!Happens(rates.SlowParking))
        {
            return;
        }

        if (Happens(0.5))
        {
            Thread.Yield();
        }
        else
        {
            Thread.SpinWait(Below(2000));
        }
    }

    public void BeforeDelivery(IPolled? source)
    {
        if (source is null)
        {
            return;
        }

        _delivered.Enqueue(new LateEvent(source.Loop, source.Key));
        if (_delivered.Count > KeysKept && _delivered.TryDequeue(out var late) && Happens(rates.Late))
        {
            late.Loop.Post(late, source: null);
        }
    }

    private bool TryFail(Operation asker, ref int length, int[] shortages, out int errno)
    {
        errno = 0;
        if (Happens(rates.Spurious))
        {
            Deliver(asker);
        }

        if (Happens(rates.Interrupted))
        {
            errno = Errno.Interrupted;
        }
        else if (Happens(rates.Nothing))
        {
            DeliverSoonOrLater(asker);
            errno = Errno.Again;
        }
        else if (shortages.Length > 0 && Happens(rates.Shortage))
        {
            errno = shortages[Below(shortages.Length)];
        }
        else if (length > 1 && Happens(rates.Short))
        {
            length = 1 + Below(length - 1);
            DeliverSoonOrLater(asker);
        }

        return errno != 0;
    }

    private void DeliverSoonOrLater(Operation operation)
    {
        if (Happens(0.5))
        {
            Deliver(operation);
            return;
        }

        TimeProvider.System.CreateTimer(
            static late => Deliver((Operation)late!), operation, Pause(), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Pause() => TimeSpan.FromMilliseconds(Below(3));

    private static void Deliver(Operation operation) => operation.Source.Loop.Post(operation, operation.Source);

    private bool Happens(double rate) => rate > 0 && (Next() >> 11) * (1.0 / (1UL << 53)) < rate;

    private int Below(int limit) => (int)(Next() % (ulong)limit);

    // For many threads: each takes the next number of one sequence.
    private ulong Next()
    {
        var mixed = Interlocked.Add(ref _last, Gamma);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
