using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Switchboard.Bench.Load.Generating;

/// <summary>What is said: who says it, how often that one has spoken before, and when it was.</summary>
/// <param name="Sender">The number of a member.</param>
/// <param name="Count">From 0, for each sender.</param>
/// <param name="SentAt">A timestamp of the stopwatch.</param>
internal readonly record struct ChatText(int Sender, int Count, long SentAt)
{
    private const int NumberDigits = 8;
    private const int TimeDigits = 16;
    private const int Digits = NumberDigits + NumberDigits + TimeDigits;

    // About as long as what people write.
    private const string Padding = " and the rest of what somebody says";

    /// <summary>The line of a client that says it to a room.</summary>
    public byte[] ToLine(string room) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"PRIVMSG {room} :{Sender:x8}{Count:x8}{SentAt:x16}{Padding}\r\n"));

    /// <param name="line">As a member receives it.</param>
    /// <param name="text">What was said.</param>
    /// <returns>False when it is nothing that a member of the crowd said.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out ChatText text)
    {
        text = default;
        var end = line.LastIndexOf(" :"u8);
        var digits = end < 0 ? [] : line[(end + 2)..];
        if (digits.Length < Digits
            || !Utf8Parser.TryParse(digits[..NumberDigits], out int sender, out _, 'x')
            || !Utf8Parser.TryParse(digits.Slice(NumberDigits, NumberDigits), out int count, out _, 'x')
            || !Utf8Parser.TryParse(digits.Slice(2 * NumberDigits, TimeDigits), out long sentAt, out _, 'x'))
        {
            return false;
        }

        text = new ChatText(sender, count, sentAt);
        return true;
    }
}
