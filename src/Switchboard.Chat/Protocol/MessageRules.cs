using System.Buffers;
using System.Collections.Immutable;

namespace Switchboard.Chat.Protocol;

/// <summary>What the parts of a message may hold, so that its line reads back as the same message.</summary>
internal static class MessageRules
{
    public const int MaxParameters = 15;

    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n\0");
    private static readonly SearchValues<char> WordBreaks = SearchValues.Create("\r\n\0 ");

    public static string Command(string command) => IsCommand(command)
        ? command.ToUpperInvariant()
        : throw new ArgumentException($"\"{command}\" is no command: letters, or three digits.", nameof(command));

    public static bool IsCommand(ReadOnlySpan<char> command) =>
        command.Length > 0
        && (!command.ContainsAnyExcept(Letters) || (command.Length == 3 && !command.ContainsAnyExcept(Digits)));

    public static ImmutableArray<string> Parameters(ImmutableArray<string> parameters)
    {
        if (parameters.Length > MaxParameters)
        {
            throw new ArgumentException($"A message has at most {MaxParameters} parameters.", nameof(parameters));
        }

        for (var place = 0; place < parameters.Length - 1; place++)
        {
            if (!IsMiddle(parameters[place]))
            {
                throw new ArgumentException(
                    $"\"{parameters[place]}\" can only come last: it is empty, has a space, or begins with ':'.",
                    nameof(parameters));
            }
        }

        return parameters is [.., var last] && last.AsSpan().ContainsAny(LineBreaks)
            ? throw new ArgumentException("A parameter has a line break or a NUL.", nameof(parameters))
            : parameters;
    }

    /// <summary>Whether a parameter can stand before others.</summary>
    public static bool IsMiddle(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] != ':' && !text.ContainsAny(WordBreaks);

    public static string? Source(string? source) => source is null || IsWord(source)
        ? source
        : throw new ArgumentException($"\"{source}\" cannot be a source.", nameof(source));

    public static ImmutableArray<KeyValuePair<string, string>> Tags(ImmutableArray<KeyValuePair<string, string>> tags)
    {
        foreach (var (name, _) in tags)
        {
            if (!IsTagName(name))
            {
                throw new ArgumentException($"\"{name}\" cannot be the name of a tag.", nameof(tags));
            }
        }

        return tags;
    }

    /// <summary>A client-only tag begins with '+'; a vendor's has a host's name before a slash.</summary>
    public static bool IsTagName(ReadOnlySpan<char> name) =>
        name.TrimStart('+').Length > 0 && !name.TrimStart('+').ContainsAnyExcept(TagLetters);

    private static SearchValues<char> Letters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static SearchValues<char> Digits { get; } = SearchValues.Create("0123456789");

    private static SearchValues<char> TagLetters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-./_");

    private static bool IsWord(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAny(WordBreaks);
}
