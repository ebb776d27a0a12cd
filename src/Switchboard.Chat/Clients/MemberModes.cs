using System.Collections.Immutable;

namespace Switchboard.Chat.Clients;

/// <summary>Reads who is given a mark in a room, and from whom it is taken.</summary>
internal static class MemberModes
{
    /// <param name="message">A MODE of a room.</param>
    /// <param name="support">Tells which letters have parameters, which have to be counted.</param>
    public static IEnumerable<(string Nick, char Mark, bool IsGiven)> Read(ChatMessage message, ChatSupport support)
    {
        var (modes, marks) = support.MemberMarks;
        var isGiven = true;
        var next = 2;
        foreach (var letter in message[1] ?? "")
        {
            var member = modes.IndexOf(letter, StringComparison.Ordinal);
            if (letter is '+' or '-')
            {
                isGiven = letter == '+';
            }
            else if (member >= 0)
            {
                if (message[next++] is { Length: > 0 } nick)
                {
                    yield return (nick, marks[member], isGiven);
                }
            }
            else if (HasParameter(letter, isGiven, support.RoomModes))
            {
                next++;
            }
        }
    }

    public static ImmutableDictionary<string, string> Change(
        ImmutableDictionary<string, string> members, string nick, char mark, bool isGiven, string marks)
    {
        if (!members.TryGetValue(nick, out var had))
        {
            return members;
        }

        // The best mark stands first.
        var has = marks.Where(each => each == mark ? isGiven : had.Contains(each, StringComparison.Ordinal));
        return members.SetItem(nick, string.Concat(has));
    }

    private static bool HasParameter(char letter, bool isGiven, string[] kinds)
    {
        var kind = Array.FindIndex(kinds, letters => letters.Contains(letter, StringComparison.Ordinal));
        return kind is 0 or 1 || (kind == 2 && isGiven);
    }
}
