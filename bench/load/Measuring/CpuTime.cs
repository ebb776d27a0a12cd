namespace Switchboard.Bench.Load.Measuring;

/// <summary>What a server's processes have used.</summary>
/// <param name="Nanoseconds">User and system together, exactly.</param>
/// <param name="UserTicks">In hundredths of a second, as the kernel estimates it.</param>
/// <param name="SystemTicks">Likewise.</param>
internal readonly record struct CpuTime(long Nanoseconds, long UserTicks, long SystemTicks)
{
    public static CpuTime operator +(CpuTime left, CpuTime right) => new(
        left.Nanoseconds + right.Nanoseconds,
        left.UserTicks + right.UserTicks,
        left.SystemTicks + right.SystemTicks);

    public static CpuTime operator -(CpuTime left, CpuTime right) => new(
        left.Nanoseconds - right.Nanoseconds,
        left.UserTicks - right.UserTicks,
        left.SystemTicks - right.SystemTicks);
}
