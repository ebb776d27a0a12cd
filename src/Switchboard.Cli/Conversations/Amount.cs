using System.Globalization;

namespace Switchboard.Cli.Conversations;

/// <summary>Bytes and times as a summary tells them.</summary>
internal static class Amount
{
    private const double Step = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary><c>6 B</c>, <c>1.5 MiB</c>.</summary>
    public static string OfBytes(long count)
    {
        var (amount, unit) = ((double)count, 0);
        while (amount >= Step && unit < Units.Length - 1)
        {
            (amount, unit) = (amount / Step, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{amount:0.#} {Units[unit]}");
    }

    /// <summary><c>1.5 s</c>; below a second in milliseconds.</summary>
    public static string OfTime(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
