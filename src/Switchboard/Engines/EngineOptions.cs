namespace Switchboard;

/// <summary>How an engine of one's own works; see <see cref="Engine.CreateEpoll"/>.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// How many event loops share the connections. 1 to 1024; default one for each processor that this process may use.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 1 to 1024.</exception>
    public int Loops { get; init => field = InRange(value, 1, 1024); } = Environment.ProcessorCount;

    /// <summary>
    /// How long a loop with nothing to do keeps asking before it sleeps. Waking a sleeping thread costs an answer tens
    /// of microseconds; asking costs a processor all that time. 0 to 1 second; default zero, which never spins.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 0 to 1 second.</exception>
    public TimeSpan SpinBeforeSleep { get; init => field = InRange(value); }

    /// <summary>
    /// How many threads there may be besides one for each loop, for handlers that block. When all of them are taken
    /// another is added every 100 milliseconds: blocked handlers then wait for each other, and the rest goes on. 4 to
    /// 32767; default 64.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within 4 to 32767.</exception>
    public int MaxSpareThreads { get; init => field = InRange(value, 4, short.MaxValue); } = 64;

    /// <summary>
    /// Whether each loop listens for itself, at the same address (Linux: SO_REUSEPORT), and keeps what it accepts, for
    /// the sake of very many short connections. The kernel then deals them out by the peer's address, evenly only for
    /// many peers, and any other program of the same user may listen there as well. Default false.
    /// </summary>
    public bool ListensOnEveryLoop { get; init; }

    // For tests of one part. A whole engine needs a clock that goes by itself.
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static int InRange(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }

    private static TimeSpan InRange(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromSeconds(1));
        return value;
    }
}
