using System.Globalization;

namespace Switchboard.Cli.Options;

/// <summary>Numbers of bytes as people write them: <c>512</c>, <c>64K</c>, <c>1M</c>.</summary>
internal static class SizeText
{
    private const long Kibi = 1024;

    /// <exception cref="FormatException">It is no size from 1 byte up to what fits into memory.</exception>
    public static int Parse(string text) => TryParse(text, Array.MaxLength) is { } size
        ? (int)size
        : throw new FormatException($"'{text}' is not a size. Write bytes, such as 512, 64K or 1M; at least 1.");

    /// <summary>A size that need not fit into memory, such as that of files: also <c>20G</c> and <c>1T</c>.</summary>
    /// <exception cref="FormatException">It is no size from 1 byte up.</exception>
    public static long ParseLarge(string text) => TryParse(text, long.MaxValue)
        ?? throw new FormatException($"'{text}' is not a size. Write bytes, such as 64K, 10M, 20G or 1T; at least 1.");

    private static long? TryParse(string text, long most)
    {
        var (digits, unit) = text.Length == 0 ? (text, 1L) : char.ToUpperInvariant(text[^1]) switch
        {
            'K' => (text[..^1], Kibi),
            'M' => (text[..^1], Kibi * Kibi),
            'G' => (text[..^1], Kibi * Kibi * Kibi),
            'T' => (text[..^1], Kibi * Kibi * Kibi * Kibi),
            _ => (text, 1L),
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1 && count <= most / unit
            ? count * unit
            : null;
    }
}
