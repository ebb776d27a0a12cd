using System.Globalization;
using Switchboard.Bench.Load.Measuring;

namespace Switchboard.Bench.Load.Reporting;

/// <summary>Numbers as a report shows them: the same decimals everywhere, and a dash where there is none.</summary>
internal static class Figure
{
    public const string None = "–";

    public static string Of(double? number, int decimals) =>
        number?.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? None;

    public static string Whole(double? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? None;

    public static string Range(Spread? spread) => spread is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Min:F2}–{known.Max:F2}")
        : None;
}
