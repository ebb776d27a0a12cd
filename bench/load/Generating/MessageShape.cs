namespace Switchboard.Bench.Load.Generating;

/// <summary>What a server has to find in the bytes; its echo is the same bytes in any case.</summary>
internal enum MessageShape
{
    /// <summary>Nothing: bytes are bytes.</summary>
    Raw,

    /// <summary>Four bytes of length, the highest first, and then as many bytes.</summary>
    Prefixed,

    /// <summary>Everything up to a line feed.</summary>
    Lines,
}
