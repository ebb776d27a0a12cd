namespace Switchboard.Observing;

/// <summary>
/// All bytes of all connections of this process, for the meters. Counted in steps of 64 KiB and at the end of each
/// connection, so that no two connections fight over one counter for every few bytes.
/// </summary>
internal static class ByteTotals
{
    private const int StepBits = 16;

    private static long _received;
    private static long _sent;

    public static long Received => Interlocked.Read(ref _received);

    public static long Sent => Interlocked.Read(ref _sent);

    public static void CountReceived(long before, int count) => Count(ref _received, before, count);

    public static void CountSent(long before, int count) => Count(ref _sent, before, count);

    /// <summary>Adds what the steps left over when a connection ends.</summary>
    public static void CountRest(long received, long sent)
    {
        Interlocked.Add(ref _received, received & ((1L << StepBits) - 1));
        Interlocked.Add(ref _sent, sent & ((1L << StepBits) - 1));
    }

    private static void Count(ref long total, long before, int count)
    {
        var steps = ((before + count) >> StepBits) - (before >> StepBits);
        if (steps > 0)
        {
            Interlocked.Add(ref total, steps << StepBits);
        }
    }
}
