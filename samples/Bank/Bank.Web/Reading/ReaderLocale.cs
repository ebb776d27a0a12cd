using System.Globalization;

namespace Bank.Web.Reading;

/// <summary>
/// How money, numbers and dates are written where the reader lives. The bank carries this small table, so that it shows
/// the same on every machine, whatever tables of the world are installed there.
/// </summary>
/// <param name="Tag">The language and region, as browsers say it.</param>
/// <param name="DecimalMark">Stands before the fraction.</param>
/// <param name="GroupMark">Stands between groups of digits.</param>
/// <param name="Symbol">Where the symbol of a currency stands.</param>
/// <param name="DatePattern">A date, in .NET's letters; month names only for readers of English.</param>
public sealed partial record ReaderLocale(
    string Tag, char DecimalMark, char GroupMark, SymbolPlace Symbol, string DatePattern)
{
    private const int DigitsOfGroup = 3;

    /// <summary>Nobody writes a sum of this many digits; more would not fit what sums are kept in.</summary>
    private const int MaxWholeDigits = 13;

    private const string Minus = "\u2212";
    private const char NoBreakSpace = '\u00A0';

    /// <summary>How many digits there are between two separators, from the right, but for the first three.</summary>
    public int GroupDigits { get; private init; } = DigitsOfGroup;

    /// <summary>A sum such as <c>1,234.50</c> or <c>1.234,50</c>.</summary>
    /// <param name="minorUnits">Cents.</param>
    public string ShowNumber(long minorUnits)
    {
        var (whole, fraction) = Int128.DivRem(Int128.Abs(minorUnits), 100);
        var digits = whole.ToString(CultureInfo.InvariantCulture);
        return $"{(minorUnits < 0 ? Minus : "")}{Grouped(digits)}{DecimalMark}{(int)fraction:00}";
    }

    /// <summary>The same with its currency, such as <c>€1,234.50</c> or <c>1.234,50 €</c>.</summary>
    /// <param name="minorUnits">Cents.</param>
    /// <param name="currency">Three letters.</param>
    public string ShowMoney(long minorUnits, string currency)
    {
        var sign = minorUnits < 0 ? Minus : "";
        var number = ShowNumber(minorUnits)[sign.Length..];
        var symbol = currency switch
        {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            _ => currency,
        };
        return Symbol switch
        {
            SymbolPlace.Before when symbol.Length == 1 => $"{sign}{symbol}{number}",
            SymbolPlace.After => $"{sign}{number}{NoBreakSpace}{symbol}",
            _ => $"{sign}{symbol}{NoBreakSpace}{number}",
        };
    }

    /// <summary>The same without a fraction that is zero, as beside the lines of a chart.</summary>
    public string ShowShort(long minorUnits, string currency) => minorUnits % 100 == 0
        ? ShowMoney(minorUnits, currency).Replace($"{DecimalMark}00", "", StringComparison.Ordinal)
        : ShowMoney(minorUnits, currency);

    /// <summary>The same with a plus where it came in.</summary>
    public string ShowChange(long minorUnits, string currency) =>
        (minorUnits > 0 ? "+" : "") + ShowMoney(minorUnits, currency);

    /// <summary>A day, such as <c>29 Nov 2026</c> or <c>29.11.2026</c>.</summary>
    public string Show(DateOnly day) => day.ToString(DatePattern, CultureInfo.InvariantCulture);

    /// <summary>Reads a sum as the reader would write it, and nothing that merely looks like one.</summary>
    /// <param name="text">Digits, separators of this locale in their places, at most two digits of fraction.</param>
    /// <param name="minorUnits">Cents; zero or more.</param>
    public bool TryReadAmount(string text, out long minorUnits)
    {
        minorUnits = 0;
        text = text.Trim();
        var (whole, fraction) = text.IndexOf(DecimalMark, StringComparison.Ordinal) switch
        {
            -1 => (text, "00"),
            var at => (text[..at], text[(at + 1)..]),
        };
        if (Ungrouped(whole) is not { Length: > 0 and <= MaxWholeDigits } digits
            || fraction.Length is 0 or > 2
            || !fraction.All(char.IsAsciiDigit))
        {
            return false;
        }

        minorUnits = long.Parse(digits + fraction.PadRight(2, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    private string Grouped(string digits)
    {
        var taken = Math.Min(DigitsOfGroup, digits.Length);
        var text = digits[^taken..];
        for (var left = digits[..^taken]; left.Length > 0; left = left[..^taken])
        {
            taken = Math.Min(GroupDigits, left.Length);
            text = $"{left[^taken..]}{GroupMark}{text}";
        }

        return text;
    }

    /// <summary>The digits alone; null if separators are where none belong.</summary>
    private string? Ungrouped(string whole)
    {
        var written = new string([.. whole.Select(AsWritten)]);
        var digits = written.Replace(GroupMark.ToString(), "", StringComparison.Ordinal);
        return digits.All(char.IsAsciiDigit) && (digits == written || Grouped(digits) == written) ? digits : null;
    }

    // People type the space and the apostrophe that are on their keyboards.
    private char AsWritten(char typed) => (typed, GroupMark) switch
    {
        (' ' or NoBreakSpace or '\u202F', NoBreakSpace or '\u202F') => GroupMark,
        ('\'', '’') => GroupMark,
        _ => typed,
    };
}
