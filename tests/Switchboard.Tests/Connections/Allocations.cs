namespace Switchboard.Tests.Connections;

/// <summary>
/// Counts what rounds allocate. What each round allocates shows in every window; what the process allocates besides,
/// for a pool that grows, a loop that a busy machine had it hand over, or a thread without buffers of its own yet, is
/// not in all of them.
/// </summary>
internal static class Allocations
{
    /// <summary>Few, so that a busy machine, too, has windows in which nothing but the rounds happened.</summary>
    public const int RoundsOfWindow = 100;

    private const int WarmingRounds = 4000;
    private const int Windows = 200;

    // An object takes 24 bytes or more. What is left is for the window's own task.
    private const int MostBytesOfWindow = RoundsOfWindow * 4;

    /// <summary>Fails if each round allocates something once all is warm. Only for tests that run alone.</summary>
    public static async Task AssertNoneAsync(ITestOutputHelper output, Func<int, Task> run)
    {
        await run(WarmingRounds);
        var least = long.MaxValue;
        var windows = 0;
        while (windows < Windows && least > MostBytesOfWindow)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await run(RoundsOfWindow);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            windows++;
        }

        output.WriteLine($"{least} bytes for {RoundsOfWindow} rounds, in {windows} windows");
        Assert.InRange(least, 0, MostBytesOfWindow);
    }
}
