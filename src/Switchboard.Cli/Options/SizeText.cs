using System.Globalization;

namespace Switchboard.Cli.Options;

/// <summary>Numbers of bytes as people write them: <c>512</c>, <c>64K</c>, <c>1M</c>.</summary>
internal static class SizeText
{
    private const int Kibi = 1024;

    /// <exception cref="FormatException">It is no size from 1 byte up to what fits into memory.</exception>
    public static int Parse(string text)
    {
        var (digits, unit) = text.Length == 0 ? (text, 1L) : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => (text[..^1], Kibi),
            'M' => (text[..^1], Kibi * Kibi),
            _ => (text, 1L),
        };
        var isSize = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1 && count <= Array.MaxLength / unit;
        return isSize
            ? (int)(count * unit)
            : throw new FormatException($"'{text}' is not a size. Write bytes, such as 512, 64K or 1M; at least 1.");
    }
}
