using System.Globalization;

namespace Switchboard.Chat.Clients;

/// <summary>Which nick is tried when the wanted one is in use: with underscores first, then with digits.</summary>
internal static class NickChoice
{
    private const int WithUnderscores = 3;
    private const int KeptLetters = 6;
    private const int Numbers = 1000;

    /// <param name="wanted">The nick that is not to be had.</param>
    /// <param name="attempt">How many have been refused.</param>
    /// <param name="chance">So that two programs of one name do not meet again.</param>
    public static string Next(string wanted, int attempt, Random chance)
    {
        if (attempt <= WithUnderscores)
        {
            return wanted + new string('_', attempt);
        }

#pragma warning disable CA5394 // It guards nothing: it only has to be another one.
        var number = chance.Next(Numbers);
#pragma warning restore CA5394
        return wanted[..Math.Min(wanted.Length, KeptLetters)] + number.ToString(CultureInfo.InvariantCulture);
    }
}
