namespace Switchboard.Observing;

/// <summary>All datagrams of all sockets of this process, for the meters.</summary>
internal static class DatagramTotals
{
    private static readonly StripedCount ReceivedCount = new();
    private static readonly StripedCount SentCount = new();
    private static long _sockets;
    private static long _truncated;

    public static long Sockets => Interlocked.Read(ref _sockets);

    public static long Received => ReceivedCount.Read();

    public static long Sent => SentCount.Read();

    public static long Truncated => Interlocked.Read(ref _truncated);

    /// <param name="change">1 for a socket that was opened, -1 for one that was closed.</param>
    public static void CountSocket(int change) => Interlocked.Add(ref _sockets, change);

    public static void CountReceived(int datagrams) => ReceivedCount.Add(datagrams);

    public static void CountSent(int datagrams) => SentCount.Add(datagrams);

    public static void CountTruncated() => Interlocked.Increment(ref _truncated);
}
