namespace Switchboard.Observing;

/// <summary>What all engines of this process have done, for the meters.</summary>
internal static class EngineTotals
{
    private static long _stalls;
    private static long _handOffs;
    private static long _laneRuns;
    private static long _threads;

    public static long Stalls => Interlocked.Read(ref _stalls);

    public static long HandOffs => Interlocked.Read(ref _handOffs);

    public static long LaneRuns => Interlocked.Read(ref _laneRuns);

    public static long Threads => Interlocked.Read(ref _threads);

    public static void CountStall() => Interlocked.Increment(ref _stalls);

    public static void CountHandOff() => Interlocked.Increment(ref _handOffs);

    public static void CountLaneRun() => Interlocked.Increment(ref _laneRuns);

    /// <param name="change">1 for a thread that starts, -1 for one that ends.</param>
    public static void CountThread(int change) => Interlocked.Add(ref _threads, change);
}
