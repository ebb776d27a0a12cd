using System.Buffers;
using System.Globalization;
using System.Text;

namespace Switchboard.Files.Names;

/// <summary>
/// What a name must not be, the same on every system: what one accepts can be sent on to any other. Two rules depend on
/// the system, because the characters are common elsewhere and harm nobody there.
/// </summary>
internal static class NameRules
{
    public const char Separator = '/';

    /// <summary>How the names of our own unfinished files begin.</summary>
    public const string OwnPrefix = ".switchboard-";

    public const int MaxParts = 32;
    public const int MaxPartBytes = 255;
    public const int MaxBytes = 2048;

    private const int DriveLetters = 2;

    private static readonly SearchValues<char> WildOnWindows = SearchValues.Create("<>:\"|?*");

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
    };

    /// <summary>What is wrong, as the end of a sentence that begins with "it"; null if nothing is.</summary>
    public static string? ProblemOf(string text, IReadOnlyList<string> parts)
    {
        if (text.Length == 0)
        {
            return "is empty";
        }

        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return $"is longer than {MaxBytes} bytes";
        }

        if (text[0] == Separator || IsDrive(text))
        {
            return "begins at the root of a disk";
        }

        return parts.Count > MaxParts
            ? $"is more than {MaxParts} folders deep"
            : parts.Select(ProblemOfPart).FirstOrDefault(problem => problem is not null);
    }

    private static bool IsDrive(string text) =>
        text.Length >= DriveLetters && char.IsAsciiLetter(text[0]) && text[1] == ':';

    private static string? ProblemOfPart(string part) => part switch
    {
        "" => "has an empty part",
        "." or ".." => "leads to another folder",
        _ when part.Contains('\\', StringComparison.Ordinal) => "has a backslash, which separates folders elsewhere",
        _ when Encoding.UTF8.GetByteCount(part) > MaxPartBytes => $"has a part of more than {MaxPartBytes} bytes",
        _ when part[^1] is '.' or ' ' => "has a part that ends in a dot or a space, which some systems drop",
        _ when part.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) =>
            $"begins with {OwnPrefix}, as unfinished files here do",
        _ when IsDevice(part) => "names a device of Windows",
        _ when OperatingSystem.IsWindows() && part.AsSpan().ContainsAny(WildOnWindows) =>
            "has a character that Windows keeps for itself",
        _ => ProblemOfCharacters(part),
    };

    private static bool IsDevice(string part)
    {
        var stem = part.Split('.', ':')[0].TrimEnd(' ');
        return Devices.Contains(stem) || IsNumberedDevice(stem);
    }

    // Windows takes the superscripts for digits, too.
    private static bool IsNumberedDevice(string stem) =>
        stem.Length == "COM1".Length
        && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
            || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
        && (char.IsAsciiDigit(stem[^1]) || stem[^1] is '\u00B9' or '\u00B2' or '\u00B3');

    private static string? ProblemOfCharacters(string part)
    {
        foreach (var rune in part.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return "has a character that could not be read";
            }

            var problem = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => "has a control character",
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "has a line break",
                UnicodeCategory.Format when TurnsText(rune) => "has a character that turns the reading direction",
                UnicodeCategory.OtherNotAssigned when IsNoCharacter(rune) => "has a code that is no character",
                _ => null,
            };
            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static bool TurnsText(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsNoCharacter(Rune rune) =>
        (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
