using System.Runtime.InteropServices;

namespace Switchboard.Board.Lab.Calls;

/// <summary>What a call has come to.</summary>
/// <param name="Value">What it returned; -1 if it failed.</param>
/// <param name="Errno">Why it failed; 0 if it did not.</param>
internal sealed record CallOutcome(long Value, int Errno = 0)
{
    /// <summary>More is not shown, so more is not kept.</summary>
    public const int MaxShownBytes = 256;

    /// <summary>The first bytes that it received.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>What else there is to know: the address it was given, who is ready.</summary>
    public string? Note { get; init; }

    /// <summary>What a call of the C library has returned, which has kept its error.</summary>
    public static CallOutcome Of(long returned) =>
        returned < 0 ? new(-1, Marshal.GetLastPInvokeError()) : new(returned);
}
