using System.Globalization;
using System.Net;

namespace Switchboard.Endpoints;

/// <summary>A port: ASCII digits, 0 to 65535.</summary>
internal static class PortText
{
    private const string RightForm = "A port is a number from 0 to 65535, as in tcp://localhost:7342.";

    /// <summary>Finds what keeps the text from being a port.</summary>
    public static Mistake? Check(string text)
    {
        if (text.Length == 0)
        {
            return new Mistake(0, "The port is missing.", RightForm);
        }

        var junk = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (junk >= 0)
        {
            return new Mistake(junk, $"{Excerpt.Quote(text)} is not a number.", RightForm);
        }

        return IsInRange(text) ? null : new Mistake(0, $"Port {Excerpt.Quote(text)} is too large.", RightForm);
    }

    /// <summary>The number that a text without mistakes stands for.</summary>
    public static int Value(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The same port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such port.</exception>
    public static int InRange(int port) => port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        ? port
        : throw new ArgumentOutOfRangeException(nameof(port), port, "A port is a number from 0 to 65535.");

    /// <summary>Whether there is nothing but digits, and at least one.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsInRange(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= IPEndPoint.MaxPort;
}
