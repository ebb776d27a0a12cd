using System.Text;

namespace Switchboard.Cli.Tls;

/// <summary>Application protocols as they are typed: <c>h2,http/1.1</c>.</summary>
internal static class AlpnText
{
    private const int MaxNameBytes = 255;

    /// <exception cref="FormatException">A name is empty or too long.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        var names = text.Split(',');
        return Array.TrueForAll(names, name => Encoding.UTF8.GetByteCount(name) is > 0 and <= MaxNameBytes)
            ? names
            : throw new FormatException($"Names of 1 to {MaxNameBytes} bytes with commas between them are expected.");
    }
}
