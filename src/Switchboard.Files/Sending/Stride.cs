namespace Switchboard.Files.Sending;

/// <summary>
/// How much is sent at once: as much as the way takes in a moment. On a fast one few long pieces cost less; on a slow
/// one short pieces show progress, and little is lost where it breaks.
/// </summary>
/// <param name="most">Never more.</param>
/// <param name="time">Tells how long a piece takes.</param>
internal sealed class Stride(int most, TimeProvider time)
{
    private const int Least = 16 * 1024;
    private const int First = 128 * 1024;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(200);

    /// <summary>The most bytes of the next piece.</summary>
    public int Bytes { get; private set; } = Math.Min(First, most);

    public long Begin() => time.GetTimestamp();

    /// <param name="begunAt">When the piece was begun that has gone out now.</param>
    public void End(long begunAt)
    {
        var elapsed = time.GetElapsedTime(begunAt);
        Bytes = elapsed < Short ? Math.Min(Bytes * 2, most)
            : elapsed > Long ? Math.Max(Bytes / 2, Math.Min(Least, most))
            : Bytes;
    }
}
