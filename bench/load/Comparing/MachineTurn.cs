namespace Switchboard.Bench.Load.Comparing;

/// <summary>
/// The right to put load on this machine. A second run of this program waits for it, measurement by measurement: both
/// finish, and neither measures the other.
/// </summary>
internal sealed class MachineTurn : IDisposable
{
    private static readonly string Place =
        Path.Combine(Path.GetTempPath(), $"switchboard-bench-{Environment.UserName}.lock");
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _lock;

    private MachineTurn(FileStream held)
    {
        _lock = held;
    }

    /// <returns>Once nobody else has it; the kernel takes it back from whoever ends without giving it back.</returns>
    public static MachineTurn Take()
    {
        while (true)
        {
            try
            {
                return new MachineTurn(new FileStream(Place, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            }
            catch (IOException)
            {
                Thread.Sleep(LookInterval);
            }
        }
    }

    public void Dispose()
    {
        _lock.Dispose();

        // Whoever waits looks now and then: without a pause the same one would have it again and again.
        Thread.Sleep(LookInterval * 2);
    }
}
