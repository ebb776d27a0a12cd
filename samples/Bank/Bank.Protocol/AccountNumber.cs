using System.Globalization;

namespace Bank.Protocol;

/// <summary>
/// Twelve digits: the bank's four, six that count, and two by which the whole is 1 modulo 97 (ISO 7064), so that no
/// single wrong digit, and no two neighbours swapped, lead to somebody else's account.
/// </summary>
public static class AccountNumber
{
    public const int Length = 12;
    public const long MaxSerial = 999_999;

    private const long Bank = 7342;

    /// <summary>The number of the account that was opened as the <paramref name="serial"/>th.</summary>
    public static string For(long serial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serial);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(serial, MaxSerial);
        var shifted = ((Bank * 1_000_000) + serial) * 100;

        return (shifted + 98 - (shifted % 97)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads what a person typed: spaces and hyphens between the digits do not count.</summary>
    /// <returns>The twelve digits, or null if it is no number of this bank.</returns>
    public static string? Read(string? typed)
    {
        var digits = string.Concat((typed ?? "").Where(letter => letter is not (' ' or '-')));

        return IsValid(digits) ? digits : null;
    }

    /// <summary>Whether it may be an account's number; it says nothing about whether there is one.</summary>
    public static bool IsValid(string number) =>
        number.Length == Length
        && number.All(char.IsAsciiDigit)
        && long.Parse(number, CultureInfo.InvariantCulture) is var value
        && value / 100_000_000 == Bank
        && value % 97 == 1;
}
