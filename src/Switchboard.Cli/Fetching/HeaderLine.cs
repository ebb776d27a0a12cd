using System.Buffers;

namespace Switchboard.Cli.Fetching;

/// <summary>A header of the request.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="Value">Empty to send none of that name, not even the usual one.</param>
internal sealed record HeaderLine(string Name, string Value)
{
    public const string Host = "Host";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What frames the message or belongs to one connection is not the user's to say.
    private static readonly string[] Reserved =
        ["Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "Trailer"];

    // The only ones that say nothing about who asks.
    private static readonly string[] Harmless = ["Accept", "Accept-Language", "User-Agent", "Content-Type"];

    /// <summary>Whether another host may get it, too, when the first one sends us there.</summary>
    public bool MayTravel => Array.Exists(Harmless, Is);

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>Name: value</c>.</summary>
    /// <exception cref="FormatException">It is no header, or one that only the client itself can write.</exception>
    public static HeaderLine Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon];
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new FormatException($"'{text}' is no header. Write 'Name: value'.");
        }

        var header = new HeaderLine(name, text[(colon + 1)..].Trim(' ', '\t'));
        if (header.Value.Any(each => char.IsControl(each) && each != '\t'))
        {
            throw new FormatException($"the value of {name} has a control character, which would end the header.");
        }

        return Array.Exists(Reserved, header.Is) || (header.Is(Host) && header.Value.Length == 0)
            ? throw new FormatException($"{name} is written by fetch itself, as HTTP needs it.")
            : header;
    }
}
