using System.Buffers;

namespace Switchboard;

/// <summary>Writing a frame that has bytes around it.</summary>
internal static class FrameOutput
{
    /// <summary>Writes three parts in a row: all of them, or, if the output has no room and throws, none.</summary>
    public static void WriteWhole(
        this IBufferWriter<byte> output,
        scoped ReadOnlySpan<byte> first,
        scoped ReadOnlySpan<byte> second,
        scoped ReadOnlySpan<byte> third)
    {
        var length = checked(first.Length + second.Length + third.Length);
        if (length == 0)
        {
            return;
        }

        // One request for room and one advance: whatever throws, throws before a byte counts as written.
        var room = output.GetSpan(length);
        first.CopyTo(room);
        second.CopyTo(room[first.Length..]);
        third.CopyTo(room[(first.Length + second.Length)..]);
        output.Advance(length);
    }
}
