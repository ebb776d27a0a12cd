namespace Switchboard.Endpoints;

/// <summary>The words that may stand before the colon, and those that look as if they might.</summary>
internal static class Schemes
{
    /// <summary>The schemes that are needed most.</summary>
    public const string RightForms = "Write tcp://localhost:7342, unix:/tmp/app.sock or memory:bank.";

    // A host of such a name is still reached with a scheme in front: tcp://fd:3.
    private static readonly string[] Known = ["tcp", "udp", "tls", "unix", "pipe", "shm", "memory", "exec", "fd"];

    private static readonly string[] SpokenOverTcp = ["http", "https", "ws", "wss"];

    /// <summary>Finds a scheme that does not exist, as opposed to none: a host may stand there as well.</summary>
    public static Mistake? CheckKnown(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return null;
        }

        var word = text[..colon].ToLowerInvariant();
        return Known.Contains(word) || !IsMeantAsScheme(word, text.AsSpan(colon + 1)) ? null : Unknown(word);
    }

    private static bool IsMeantAsScheme(string word, ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith('/'))
        {
            return true;
        }

        // Two colons in a row are an IPv6 address without its brackets, which has a better message.
        return !rest.StartsWith(':') && Nearest(word) is not null && !PortText.IsNumber(rest);
    }

    private static Mistake Unknown(string word)
    {
        var problem = $"There is no scheme {Excerpt.Quote(word)}.";
        if (Nearest(word) is { } nearest)
        {
            return new Mistake(0, $"{problem} Did you mean \"{nearest}\"?", RightForms);
        }

        var cure = SpokenOverTcp.Contains(word)
            ? $"An endpoint says where, not what is spoken there. {HostPortText.RightForm("tcp")}"
            : $"The schemes are {string.Join(", ", Known[..^1])} and {Known[^1]}. {RightForms}";
        return new Mistake(0, problem, cure);
    }

    // One typing mistake in every three letters, else "udp" would be taken for "tcp".
    private static string? Nearest(string word) =>
        Known.FirstOrDefault(known => TypingMistakes.Between(word, known) <= known.Length / 3);
}
