namespace Switchboard.Files.Transfers;

/// <summary>
/// What of a file is kept besides its bytes. Of its mode it is one bit, as whatever else it says is for the users of
/// another machine; a file that cannot be written could not be gone on with.
/// </summary>
/// <param name="IsExecutable">Whether its owner may run it.</param>
/// <param name="Changed">When it was written last, in UTC; null if nobody knows.</param>
internal readonly record struct FileTraits(bool IsExecutable, DateTime? Changed)
{
    /// <summary>What the protocol has where nobody knows a time.</summary>
    public const long NoTime = long.MinValue;

    private const long NanosecondsPerTick = 1_000_000 / TimeSpan.TicksPerMillisecond;

    /// <summary>Reads a time of the protocol, of which none is wrong.</summary>
    /// <param name="nanoseconds">Since 1970, or <see cref="NoTime"/>.</param>
    public static DateTime? ToTime(long nanoseconds) => nanoseconds == NoTime
        ? null
        : DateTime.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);

    /// <summary>When it was written last, as the protocol says it: years 1678 to 2262.</summary>
    public long ToNanoseconds() =>
        Changed is { } changed && Math.Abs((changed - DateTime.UnixEpoch).Ticks) < long.MaxValue / NanosecondsPerTick
            ? (changed - DateTime.UnixEpoch).Ticks * NanosecondsPerTick
            : NoTime;
}
