using System.Buffers;
using System.Text;

namespace Switchboard.Cli.Chatting;

/// <summary>Finds keys in the bytes of a terminal, cut anywhere. A paste comes as one, and is limited.</summary>
internal sealed class KeyReader
{
    /// <summary>More of a paste than this is dropped.</summary>
    public const int MaxPasteBytes = 64 * 1024;

    private const byte Escape = 0x1B;
    private const byte Delete = 0x7F;
    private const int MaxSequence = 32;

    private static readonly Dictionary<string, KeyKind> Sequences = new()
    {
        ["[A"] = KeyKind.Up, ["[B"] = KeyKind.Down, ["[C"] = KeyKind.Right, ["[D"] = KeyKind.Left,
        ["OA"] = KeyKind.Up, ["OB"] = KeyKind.Down, ["OC"] = KeyKind.Right, ["OD"] = KeyKind.Left,
        ["[H"] = KeyKind.Home, ["[F"] = KeyKind.End, ["OH"] = KeyKind.Home, ["OF"] = KeyKind.End,
        ["[1~"] = KeyKind.Home, ["[4~"] = KeyKind.End, ["[7~"] = KeyKind.Home, ["[8~"] = KeyKind.End,
        ["[3~"] = KeyKind.Delete, ["[5~"] = KeyKind.PageUp, ["[6~"] = KeyKind.PageDown,
        ["[1;5D"] = KeyKind.WordLeft, ["[1;5C"] = KeyKind.WordRight,
        ["[1;3D"] = KeyKind.WordLeft, ["[1;3C"] = KeyKind.WordRight,
    };

    private readonly List<byte> _held = [];
    private readonly List<byte> _paste = [];
    private bool _isPaste;

    private static ReadOnlySpan<byte> PasteBegin => "\e[200~"u8;

    private static ReadOnlySpan<byte> PasteEnd => "\e[201~"u8;

    /// <summary>The keys in these bytes; what may go on is held back.</summary>
    public IReadOnlyList<Key> Append(ReadOnlySpan<byte> bytes)
    {
        byte[] all = [.. _held, .. bytes];
        _held.Clear();
        List<Key> keys = [];
        ReadOnlySpan<byte> rest = all;
        while (!rest.IsEmpty && Take(rest, keys) is > 0 and var taken)
        {
            rest = rest[taken..];
        }

        _held.AddRange(rest);
        return keys;
    }

    /// <summary>Nothing has come for a moment: a beginning that is held was the Escape key alone.</summary>
    public IReadOnlyList<Key> Settle()
    {
        if (_isPaste || _held is not [Escape])
        {
            return [];
        }

        _held.Clear();
        return [new Key(KeyKind.Escape)];
    }

    /// <returns>How many bytes were used; 0 if more are needed.</returns>
    private int Take(ReadOnlySpan<byte> rest, List<Key> keys)
    {
        if (_isPaste)
        {
            return TakePaste(rest, keys);
        }

        return rest[0] switch
        {
            Escape => TakeSequence(rest, keys),
            (byte)'\r' or (byte)'\n' => One(keys, new Key(KeyKind.Enter)),
            (byte)'\t' => One(keys, new Key(KeyKind.Tab)),
            Delete or (byte)'\b' => One(keys, new Key(KeyKind.Backspace)),
            < (byte)' ' and var control and > 0 =>
                One(keys, new Key(KeyKind.Control, ((char)(control + '`')).ToString())),
            0 => 1,
            _ => TakeLetter(rest, keys),
        };
    }

    private int TakePaste(ReadOnlySpan<byte> rest, List<Key> keys)
    {
        var end = rest.IndexOf(PasteEnd);
        var count = end >= 0 ? end : Math.Max(0, rest.Length - PasteEnd.Length + 1);
        _paste.AddRange(rest[..Math.Min(count, MaxPasteBytes - _paste.Count)]);
        if (end < 0)
        {
            return count;
        }

        var text = Encoding.UTF8.GetString([.. _paste]).ReplaceLineEndings("\n");
        _paste.Clear();
        _isPaste = false;
        keys.Add(new Key(KeyKind.Paste, text));
        return end + PasteEnd.Length;
    }

    private int TakeSequence(ReadOnlySpan<byte> rest, List<Key> keys)
    {
        if (rest.Length < 2)
        {
            return 0;
        }

        if (rest.StartsWith(PasteBegin))
        {
            _isPaste = true;
            return PasteBegin.Length;
        }

        if (rest[1] is not ((byte)'[' or (byte)'O'))
        {
            return rest[1] == Escape
                ? One(keys, new Key(KeyKind.Escape))
                : 1 + One(keys, new Key(KeyKind.Alt, ((char)rest[1]).ToString()));
        }

        var last = rest[2..].IndexOfAnyInRange((byte)'@', (byte)'~');
        if (last < 0)
        {
            return rest.Length > MaxSequence ? rest.Length : 0;
        }

        if (Sequences.TryGetValue(Encoding.ASCII.GetString(rest[1..(last + 3)]), out var kind))
        {
            keys.Add(new Key(kind));
        }

        return last + 3;
    }

    private static int TakeLetter(ReadOnlySpan<byte> rest, List<Key> keys)
    {
        var status = Rune.DecodeFromUtf8(rest, out var rune, out var taken);
        if (status == OperationStatus.NeedMoreData)
        {
            return 0;
        }

        if (status == OperationStatus.Done)
        {
            keys.Add(new Key(KeyKind.Letter, rune.ToString()));
        }

        return taken;
    }

    private static int One(List<Key> keys, Key key)
    {
        keys.Add(key);
        return 1;
    }
}
