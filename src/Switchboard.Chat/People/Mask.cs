namespace Switchboard.Chat.People;

/// <summary>Patterns of names: <c>*</c> for any letters, <c>?</c> for one, blind to the case of A to Z.</summary>
internal static class Mask
{
    /// <summary>Whether a name fits. Takes time by the product of both lengths at worst, and no memory.</summary>
    public static bool Fits(ReadOnlySpan<char> mask, ReadOnlySpan<char> name)
    {
        var (inMask, inName, star, afterStar) = (0, 0, -1, 0);
        while (inName < name.Length)
        {
            if (inMask < mask.Length && mask[inMask] == '*')
            {
                star = inMask++;
                afterStar = inName;
            }
            else if (inMask < mask.Length && (mask[inMask] == '?' || Lower(mask[inMask]) == Lower(name[inName])))
            {
                inMask++;
                inName++;
            }
            else if (star >= 0)
            {
                // The star takes one letter more, and the rest is tried again.
                inMask = star + 1;
                inName = ++afterStar;
            }
            else
            {
                return false;
            }
        }

        return mask[inMask..].Trim('*').IsEmpty;
    }

    /// <summary>A mask in full, <c>nick!user@host</c>, from the parts that were typed.</summary>
    public static string Complete(string typed)
    {
        var at = typed.LastIndexOf('@');
        var (front, host) = at < 0 ? (typed, "*") : (typed[..at], typed[(at + 1)..]);
        var mark = front.IndexOf('!', StringComparison.Ordinal);
        var (nick, user) = mark >= 0 ? (front[..mark], front[(mark + 1)..])
            : at >= 0 ? ("*", front)
            : (front, "*");
        return $"{OrStar(nick)}!{OrStar(user)}@{OrStar(host)}";
    }

    /// <summary>Whether there is anything in it that stands for other letters.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static string OrStar(string part) => part.Length == 0 ? "*" : part;

    private static char Lower(char letter) => letter is >= 'A' and <= 'Z' ? (char)(letter | ' ') : letter;
}
