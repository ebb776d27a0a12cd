using System.Globalization;

namespace Switchboard.Cli.Options;

/// <summary>Spans of time as people write them: <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>, <c>never</c>.</summary>
internal static class TimeText
{
    private const double MillisecondsPerSecond = 1000;
    private const double MillisecondsPerMinute = 60 * MillisecondsPerSecond;
    private const double MillisecondsPerHour = 60 * MillisecondsPerMinute;
    private const double LongestTimer = uint.MaxValue - 1d;

    /// <exception cref="FormatException">It is no span of time.</exception>
    public static TimeSpan Parse(string text)
    {
        if (text == "never")
        {
            return Timeout.InfiniteTimeSpan;
        }

        var digits = text.AsSpan().TrimEnd("hms");
        var unit = text[digits.Length..] switch
        {
            "ms" => 1,
            "" or "s" => MillisecondsPerSecond,
            "m" => MillisecondsPerMinute,
            "h" => MillisecondsPerHour,
            _ => double.NaN,
        };
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        var isTime = double.TryParse(digits, Plain, CultureInfo.InvariantCulture, out var count)
            && count * unit is >= 0 and <= LongestTimer;
        return isTime
            ? TimeSpan.FromMilliseconds(count * unit)
            : throw new FormatException($"'{text}' is not a time. Write 500ms, 30s, 2m or 1h, or never for no limit.");
    }

    /// <summary>A time to wait for something: with none at all it could never come.</summary>
    /// <exception cref="FormatException">It is no span of time, or none at all.</exception>
    public static TimeSpan ParseWait(string text) => Parse(text) is var time && time != TimeSpan.Zero
        ? time
        : throw new FormatException($"'{text}' leaves no time. Write 500ms, 30s, 2m or 1h, or never for no limit.");

    /// <summary>The shortest spelling that <see cref="Parse"/> reads back, rounded to what people care about.</summary>
    public static string Show(TimeSpan time) => time switch
    {
        _ when time == Timeout.InfiniteTimeSpan => "never",
        { TotalSeconds: < 1 } => Invariant($"{time.TotalMilliseconds:0.#}ms"),
        { TotalMinutes: < 1 } => Invariant($"{time.TotalSeconds:0.#}s"),
        { TotalHours: < 1 } => Invariant($"{time.TotalMinutes:0.#}m"),
        _ => Invariant($"{time.TotalHours:0.#}h"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
