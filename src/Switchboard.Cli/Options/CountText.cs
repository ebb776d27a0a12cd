using System.Globalization;

namespace Switchboard.Cli.Options;

/// <summary>Whole numbers from 1: <c>100</c>.</summary>
internal static class CountText
{
    /// <exception cref="FormatException">It is no number from 1 up.</exception>
    public static int Parse(string text) => Parse(text, least: 1, most: int.MaxValue);

    /// <exception cref="FormatException">It is no number within the range.</exception>
    public static int Parse(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least && count <= most
            ? count
            : throw new FormatException(
                most == int.MaxValue
                    ? $"'{text}' is not a number from {least} up."
                    : $"'{text}' is not a number from {least} to {most}.");
}
