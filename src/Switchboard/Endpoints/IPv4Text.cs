using System.Globalization;

namespace Switchboard.Endpoints;

/// <summary>Four decimal numbers; none of the old spellings in which 0x7f.1 and 2130706433 are loopback.</summary>
internal static class IPv4Text
{
    /// <summary>
    /// Whether the last label is a number, in which case resolvers take the whole for an address and never for a name.
    /// </summary>
    public static bool IsMeant(string host)
    {
        var last = host.AsSpan().TrimEnd('.');
        last = last[(last.LastIndexOf('.') + 1)..];
        return PortText.IsNumber(last) || (last.StartsWith("0x") && IsHexadecimal(last[2..]));
    }

    /// <summary>Finds what keeps the text from being an IPv4 address.</summary>
    public static Mistake? Check(string host)
    {
        var numbers = host.Split('.');
        return numbers.Length == 4 && numbers.All(IsOneByte)
            ? null
            : new Mistake(
                0,
                $"{Excerpt.Quote(host)} is not an IPv4 address, and no name ends in a number.",
                "An IPv4 address is four numbers from 0 to 255 without leading zeros, as in tcp://127.0.0.1:7342.");
    }

    // Leading zeros are refused because some systems read them as octal: 010 is 8 there and 10 here.
    private static bool IsOneByte(string number) =>
        byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (number.Length == 1 || number[0] != '0');

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
