namespace Switchboard.Bench.Load.Kernel;

/// <summary>The CPU time of another process, all its threads together, in nanoseconds.</summary>
internal static unsafe class ProcessClock
{
    /// <returns>Null when there is no such process any more.</returns>
    public static long? Read(int process)
    {
        var time = stackalloc long[2];

        // How the kernel numbers the clock of a process: its id inverted, and 2 for what the scheduler counted, which
        // is exact. /proc/PID/stat has whole hundredths of a second only.
        var clock = (~process << 3) | 2;
        return Libc.ClockTime(clock, time) < 0 ? null : (time[0] * 1_000_000_000) + time[1];
    }
}
