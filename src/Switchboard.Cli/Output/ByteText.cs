using System.Globalization;

namespace Switchboard.Cli.Output;

/// <summary>Numbers of bytes for people.</summary>
internal static class ByteText
{
    private const double Kibi = 1024;
    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Exact up to 9,999 bytes; from there on in three digits: <c>9.77 KiB</c>, <c>1.5 GiB</c>.</summary>
    public static string Show(long bytes)
    {
        const int MostExact = 9_999;
        if (bytes <= MostExact)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        var (amount, unit) = (bytes / Kibi, 0);
        while (amount >= Kibi)
        {
            (amount, unit) = (amount / Kibi, unit + 1);
        }

        var format = amount switch { < 10 => "0.##", < 100 => "0.#", _ => "0" };
        return $"{amount.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
