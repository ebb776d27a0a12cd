namespace Switchboard.Chat.Clients;

/// <summary>Which names are the same, by the rule that a server has announced (<c>CASEMAPPING</c>).</summary>
internal sealed class NickComparer : IEqualityComparer<string>
{
    // What was the upper case of what on the keyboards of Finland, where the protocol comes from.
    private const string Brackets = @"[]\^";
    private const string Braces = "{}|~";

    private readonly int _brackets;

    private NickComparer(int brackets)
    {
        _brackets = brackets;
    }

    public static NickComparer Rfc1459 { get; } = new(Brackets.Length);

    /// <summary>The rule of that name; that of RFC 1459 if none is announced, ASCII if it is not known.</summary>
    public static NickComparer Named(string? name) => name?.ToUpperInvariant() switch
    {
        null or "RFC1459" => Rfc1459,
        "RFC1459-STRICT" or "STRICT-RFC1459" => Strict,
        _ => Ascii,
    };

    public bool Equals(string? x, string? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Length == y.Length && HasSameLetters(x, y));

    public int GetHashCode(string obj)
    {
        var hash = new HashCode();
        foreach (var letter in obj)
        {
            hash.Add(Fold(letter));
        }

        return hash.ToHashCode();
    }

    private static NickComparer Ascii { get; } = new(brackets: 0);

    private static NickComparer Strict { get; } = new(Brackets.Length - 1);

    private bool HasSameLetters(string x, string y)
    {
        for (var place = 0; place < x.Length; place++)
        {
            if (Fold(x[place]) != Fold(y[place]))
            {
                return false;
            }
        }

        return true;
    }

    private char Fold(char letter)
    {
        var bracket = Brackets.AsSpan(0, _brackets).IndexOf(letter);
        return bracket >= 0 ? Braces[bracket] : char.IsAsciiLetterUpper(letter) ? (char)(letter | ' ') : letter;
    }
}
