using System.Globalization;
using System.Text;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>What requests may hold, looked at before the database is asked anything.</summary>
internal static class Wanted
{
    private const int MaxReference = 140;
    private const int MaxReason = 200;
    private const int MaxSearch = 64;
    private const int MaxPage = 100;
    private const string Punctuation = " /-?:().,'+#&";

    public static void Amount(long amount, long max)
    {
        if (amount < 1 || amount > max)
        {
            throw new BankException(BankError.InvalidAmount, $"An amount is from 1 to {max} minor units.");
        }
    }

    /// <summary>
    /// The letters that banks' networks carry: what cannot be written cannot be misread by anything behind us.
    /// </summary>
    public static void Reference(string reference) => Text(reference, MaxReference, "A reference");

    public static void Reason(string reason)
    {
        Text(reason, MaxReason, "A reason");
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new BankException(BankError.InvalidText, "There has to be a reason.");
        }
    }

    public static void Search(string? search)
    {
        if (search is { Length: > MaxSearch } || search?.EnumerateRunes().Any(Rune.IsControl) == true)
        {
            throw new BankException(BankError.InvalidText, $"A search is up to {MaxSearch} letters.");
        }
    }

    public static void Key(string key)
    {
        if (key.Length is < 16 or > 64 || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new BankException(BankError.InvalidText, "A key is 16 to 64 of A-Z, a-z, 0-9, - and _.");
        }
    }

    public static void Category(Category category)
    {
        if (!Enum.IsDefined(category))
        {
            throw new BankException(BankError.BadRequest, "There is no such category.");
        }
    }

    /// <summary>An own account: what cannot be a number is as unknown as a number that is not there.</summary>
    public static void OwnAccount(string number)
    {
        if (!AccountNumber.IsValid(number))
        {
            throw NoAccount();
        }
    }

    public static void Payee(string payee, string payer)
    {
        if (!AccountNumber.IsValid(payee) || payee == payer)
        {
            throw NoPayee();
        }
    }

    public static void Page(int take) => Range(take, MaxPage, "A page");

    public static void Range(int number, int max, string what)
    {
        if (number < 1 || number > max)
        {
            throw new BankException(BankError.InvalidRange, $"{what} is from 1 to {max}.");
        }
    }

    /// <summary>Ids are 32 hexadecimal digits, made here.</summary>
    public static void Id(string id)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower))
        {
            throw new BankException(BankError.NotFound, "There is none of this id.");
        }
    }

    public static BankException NoAccount() => new(BankError.NotFound, "There is no such account of this customer.");

    public static BankException NoPayee() => new(BankError.InvalidPayee, "This account cannot be paid.");

    private static void Text(string text, int max, string what)
    {
        if (text.Length > max || !text.EnumerateRunes().All(IsTaken))
        {
            throw new BankException(BankError.InvalidText, $"{what} is up to {max} letters, digits and {Punctuation}");
        }
    }

    // A half of a pair comes as the replacement character, which is no letter.
    private static bool IsTaken(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark
        || (rune.IsAscii && Punctuation.Contains((char)rune.Value, StringComparison.Ordinal));
}
