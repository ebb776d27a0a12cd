using System.Buffers;
using System.Text;

namespace Switchboard.Chat.Protocol;

/// <summary>What people and rooms may be called.</summary>
internal static class NameRules
{
    /// <summary>What a room's name begins with.</summary>
    public const char RoomMark = '#';

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Marks = @"[]\`_^{|}";

    private static readonly SearchValues<char> NickStart = SearchValues.Create(Letters + Marks);
    private static readonly SearchValues<char> NickRest = SearchValues.Create(Letters + Marks + Digits + "-");
    private static readonly SearchValues<char> UserLetters = SearchValues.Create(Letters + Digits + "-_.~");
    private static readonly SearchValues<char> NotInRooms = SearchValues.Create(" ,:\a");

    public static bool IsNick(ReadOnlySpan<char> name, int maxLength) =>
        name.Length > 0
        && name.Length <= maxLength
        && NickStart.Contains(name[0])
        && !name.ContainsAnyExcept(NickRest);

    public static bool IsRoom(ReadOnlySpan<char> name, int maxLength) =>
        name is [RoomMark, _, ..]
        && name.Length <= maxLength
        && !name.ContainsAny(NotInRooms)
        && !name.ContainsAnyInRange('\0', '\x1F');

    /// <summary>The part before the at sign, without what could not stand there.</summary>
    public static string CleanUser(string user, int maxLength)
    {
        var clean = new StringBuilder(maxLength);
        foreach (var letter in user.AsSpan())
        {
            if (clean.Length < maxLength && UserLetters.Contains(letter))
            {
                clean.Append(letter);
            }
        }

        return clean.Length > 0 ? clean.ToString() : "user";
    }

    /// <summary>A host as it can stand among parameters, where a colon in front means the last.</summary>
    public static string CleanHost(string host) => host.StartsWith(':') ? "0" + host : host;

    /// <summary>The longest beginning of a text that has so many bytes as UTF-8, and no half letter.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (text.Length * 3 <= maxBytes || Encoding.UTF8.GetByteCount(text) <= maxBytes)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
