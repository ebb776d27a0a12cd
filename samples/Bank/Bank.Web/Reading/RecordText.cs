using System.Globalization;
using System.Text.RegularExpressions;
using Bank.Protocol;

namespace Bank.Web.Reading;

/// <summary>Sentences of the audit trail, with sums and accounts as the reader finds them everywhere else.</summary>
public static partial class RecordText
{
    /// <summary><c>25.00 EUR to 734200000588</c> becomes <c>€25.00 to 7342 0000 0588</c>.</summary>
    public static string Show(string sentence, ReaderLocale locale) => Number().Replace(
        Sum().Replace(sentence, sum => locale.ShowMoney(
            long.Parse(sum.Groups[1].Value + sum.Groups[2].Value, CultureInfo.InvariantCulture), sum.Groups[3].Value)),
        number => AccountNumber.IsValid(number.Value) ? AccountText.Show(number.Value) : number.Value);

    [GeneratedRegex(@"\b([0-9]{1,13})\.([0-9]{2}) ([A-Z]{3})\b")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\b[0-9]{12}\b")]
    private static partial Regex Number();
}
