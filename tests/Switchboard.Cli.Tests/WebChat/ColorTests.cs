using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Switchboard.Cli.WebChat;

namespace Switchboard.Cli.Tests.WebChat;

/// <summary>The page's colours can be told from what they stand on (WCAG AA).</summary>
public sealed partial class ColorTests
{
    private const double EnoughForText = 4.5;

    private static readonly string[] Grounds = ["paper", "panel", "mention"];
    private static readonly string[] AllGrounds = ["paper", "panel", "raised", "hover", "chosen", "mention"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Text_has_enough_contrast(bool isDark)
    {
        var colors = Read(isDark);
        var hues = Enumerable.Range(0, 8).Select(each => $"h{each}").ToList();
        (string Text, string Ground)[] pairs =
        [
            .. AllGrounds.SelectMany(ground => new[] { ("ink", ground), ("soft", ground) }),
            .. Grounds.SelectMany(ground => hues.Append("accent").Select(text => (text, ground))),
            .. hues.Select(hue => ("on-hue", hue)),
            ("ink", "warn"), ("on-accent", "accent"), ("problem", "paper"), ("problem", "panel"), ("paper", "soft"),
        ];

        var weak = pairs.Where(each => Contrast(colors[each.Text], colors[each.Ground]) < EnoughForText);

        Assert.Empty(weak);
    }

    /// <summary>The light ones, and over them the dark ones.</summary>
    private static Dictionary<string, string> Read(bool isDark)
    {
        var sheet = Encoding.UTF8.GetString(ChatSite.PageFiles["/colors.css"].Bytes);
        var dark = sheet.IndexOf("@media", StringComparison.Ordinal);
        var colors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Color().Matches(isDark ? sheet : sheet[..dark]))
        {
            colors[match.Groups[1].Value] = match.Groups[2].Value;
        }

        return colors;
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        (light, dark) = (Math.Max(light, dark), Math.Min(light, dark));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string color)
    {
        var digits = color.Length == 3 ? string.Concat(color.Select(each => $"{each}{each}")) : color;
        double Part(int place)
        {
            var part = byte.Parse(digits.AsSpan(place, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var share = part / 255.0;
            return share <= 0.03928 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(0)) + (0.7152 * Part(2)) + (0.0722 * Part(4));
    }

    [GeneratedRegex("--([a-z0-9-]+): #([0-9a-f]+);")]
    private static partial Regex Color();
}
