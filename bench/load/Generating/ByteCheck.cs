namespace Switchboard.Bench.Load.Generating;

/// <summary>How closely echoes are looked at.</summary>
internal enum ByteCheck
{
    /// <summary>How many bytes came, and the first eight of each message.</summary>
    FirstBytes,

    /// <summary>Every byte; this costs the generator time.</summary>
    EveryByte,
}
