using System.Globalization;
using System.Text.RegularExpressions;

namespace Switchboard.Board.Tests.Lab;

/// <summary>A colour as a browser says that it shows it: <c>rgb(200, 223, 252)</c>.</summary>
internal sealed partial class ShownColour
{
    private const double MostOfAByte = 255;

    private readonly double _red;
    private readonly double _green;
    private readonly double _blue;

    public ShownColour(string written)
    {
        var parts = Whole().Match(written);
        Assert.True(parts.Success, $"\"{written}\" is not a colour that covers what is behind it.");
        _red = Linear(parts.Groups[1].Value);
        _green = Linear(parts.Groups[2].Value);
        _blue = Linear(parts.Groups[3].Value);
    }

    // As the Web Content Accessibility Guidelines define it.
    private double Luminance => 0.2126 * _red + 0.7152 * _green + 0.0722 * _blue;

    /// <summary>The contrast of the same guidelines, from 1 to 21.</summary>
    public double ContrastTo(ShownColour other)
    {
        var (darker, lighter) = Luminance < other.Luminance
            ? (Luminance, other.Luminance)
            : (other.Luminance, Luminance);
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <summary>How different both look, in the space of Oklab: one can just tell 0.02 apart.</summary>
    public double DistanceTo(ShownColour other)
    {
        var (light, a, b) = InOklab();
        var (otherLight, otherA, otherB) = other.InOklab();
        return Math.Sqrt(Math.Pow(light - otherLight, 2) + Math.Pow(a - otherA, 2) + Math.Pow(b - otherB, 2));
    }

    private static double Linear(string number)
    {
        var part = int.Parse(number, CultureInfo.InvariantCulture) / MostOfAByte;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    private (double Light, double A, double B) InOklab()
    {
        var l = Math.Cbrt(0.4122214708 * _red + 0.5363325363 * _green + 0.0514459929 * _blue);
        var m = Math.Cbrt(0.2119034982 * _red + 0.6806995451 * _green + 0.1073969566 * _blue);
        var s = Math.Cbrt(0.0883024619 * _red + 0.2817188376 * _green + 0.6299787005 * _blue);
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    [GeneratedRegex(@"^rgb\((\d+), (\d+), (\d+)\)$")]
    private static partial Regex Whole();
}
