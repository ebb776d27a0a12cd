namespace Switchboard.AspNetCore.Kestrel;

/// <summary>Names of connections in logs, which no other run of the program has used, in Kestrel's manner.</summary>
internal static class ConnectionIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private const int Length = 13;
    private const int BitsPerDigit = 5;

    private static readonly long Start = TimeProvider.System.GetUtcNow().UtcTicks;

    public static string Of(long number) => string.Create(Length, Start + number, static (text, rest) =>
    {
        for (var place = text.Length - 1; place >= 0; place--)
        {
            text[place] = Digits[(int)(rest & ((1 << BitsPerDigit) - 1))];
            rest >>>= BitsPerDigit;
        }
    });
}
