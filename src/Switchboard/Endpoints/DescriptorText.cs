using System.Globalization;

namespace Switchboard.Endpoints;

/// <summary>The number after <c>fd:</c>.</summary>
internal static class DescriptorText
{
    private const string RightForm = "Write fd:number, such as fd:3.";

    /// <summary>Reads the number that begins at <paramref name="start"/>.</summary>
    public static Mistake? Read(string text, int start, out Endpoint? endpoint)
    {
        endpoint = null;
        if (!PortText.IsNumber(text.AsSpan(start))
            || !int.TryParse(text.AsSpan(start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new Mistake(start, "This is not the number of a descriptor.", RightForm);
        }

        endpoint = new DescriptorEndpoint(number);
        return null;
    }

    /// <summary>The same number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static int InRange(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return number;
    }
}
