using System.Text;
using Spectre.Console.Rendering;

namespace Switchboard.Cli.Chatting;

/// <summary>How wide text is on a terminal, where a letter may take two cells or none; cuts and wraps by it.</summary>
internal static class CellText
{
    public static int Width(string text) => Ascii.IsValid(text) ? text.Length : text.EnumerateRunes().Sum(Width);

    /// <summary>As much of the beginning as has room.</summary>
    public static string Cut(string text, int cells)
    {
        if (Width(text) <= cells)
        {
            return text;
        }

        var end = End(text, Math.Max(cells - 1, 0));
        return cells > 0 ? text[..end] + "…" : "";
    }

    /// <summary>Lines of at most so many cells, cut between words where that is possible.</summary>
    /// <param name="text">One line, safe already.</param>
    /// <param name="first">The cells of the first line.</param>
    /// <param name="others">The cells of the lines after it.</param>
    public static IEnumerable<string> Wrap(string text, int first, int others)
    {
        var rest = text;
        var room = Math.Max(first, 2);
        while (Width(rest) > room)
        {
            var end = Math.Max(End(rest, room), 1);
            var space = rest.LastIndexOf(' ', Math.Min(end, rest.Length - 1), Math.Min(end, rest.Length - 1));
            var cut = space > end / 2 ? space : end;
            yield return rest[..cut];
            rest = rest[cut..].TrimStart(' ');
            room = Math.Max(others, 2);
        }

        yield return rest;
    }

    /// <summary>Where so many cells end, counted in chars.</summary>
    public static int End(string text, int cells)
    {
        var (width, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune);
            if (width > cells)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return end;
    }

    private static int Width(Rune rune) => rune.IsAscii ? 1 : Math.Max(new Segment(rune.ToString()).CellCount(), 0);
}
