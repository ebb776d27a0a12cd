using System.Buffers;

namespace Switchboard.Cli.Chatting;

/// <summary>Names of rooms as they are typed: with commas between them, and with or without the mark.</summary>
internal static class RoomNames
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create(" ,\a\r\n\0");

    /// <exception cref="FormatException">One of them cannot be a room.</exception>
    public static IReadOnlyList<string> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

    public static string One(string name) =>
        name.Length == 0 || name.AsSpan().ContainsAny(Breaks)
            ? throw new FormatException("A room's name is one word, without commas.")
            : name[0] is '#' or '&' or '+' or '!' ? name : "#" + name;
}
