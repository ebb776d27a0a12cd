using System.Buffers;
using System.Text;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Conversations;

/// <summary>
/// Turns bytes of a stranger, cut anywhere, into text that is safe on a terminal. Line ends and tabs work; all else
/// that a terminal would obey is shown.
/// </summary>
internal sealed class TerminalText
{
    private const byte CarriageReturn = (byte)'\r';

    private byte[] _held = [];

    /// <summary>The text of these bytes. A character or a line end that may go on is held back.</summary>
    public string Append(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. _held, .. bytes];
        var whole = WholeLength(all);
        _held = all[whole..];
        return Show(all.AsSpan(0, whole));
    }

    /// <summary>The text of what was held back.</summary>
    public string Finish()
    {
        var rest = Show(_held);
        _held = [];
        return rest;
    }

    private static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\t');
            var plain = end < 0 ? bytes : bytes[..end];
            var endsLine = end >= 0 && bytes[end] == '\n' && plain.EndsWith([CarriageReturn]);
            text.Append(SafeText.Bytes(endsLine ? plain[..^1] : plain));
            if (end >= 0)
            {
                text.Append((char)bytes[end]);
            }

            bytes = bytes[(end < 0 ? bytes.Length : end + 1)..];
        }

        return text.ToString();
    }

    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.EndsWith([CarriageReturn]))
        {
            return bytes.Length - 1;
        }

        for (var tail = 1; tail < 4 && tail <= bytes.Length; tail++)
        {
            if (Rune.DecodeFromUtf8(bytes[^tail..], out _, out _) == OperationStatus.NeedMoreData)
            {
                return bytes.Length - tail;
            }
        }

        return bytes.Length;
    }
}
