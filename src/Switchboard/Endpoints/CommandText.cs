using System.Text;

namespace Switchboard.Endpoints;

/// <summary>The program and its arguments after <c>exec:</c>.</summary>
internal static class CommandText
{
    private const string RightForm = "Write exec:program arguments, such as exec:sort -r.";

    /// <summary>Reads the command that begins at <paramref name="start"/>.</summary>
    public static Mistake? Read(string text, int start, out Endpoint? endpoint)
    {
        var command = text[start..];
        var mistake = Check(command)?.After(start);
        endpoint = mistake is null ? new ExecEndpoint(command) : null;
        return mistake;
    }

    /// <summary>The same command with one space between words and quotes only where they are needed.</summary>
    /// <exception cref="ArgumentException">It has no program, a quote is not closed, or it has control characters.
    /// </exception>
    public static string Canonical(string command)
    {
        Mistake.ThrowIfAny(Check(command), command, nameof(command));
        return Join(Split(command));
    }

    /// <summary>The words of a command.</summary>
    public static string[] Split(string command)
    {
        var words = new List<string>();
        for (var at = 0; NextWord(command, ref at) is { } word;)
        {
            words.Add(word);
        }

        return [.. words];
    }

    /// <summary>The command of which these are the words.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && !word.Any(character => character == '"' || char.IsWhiteSpace(character))
            ? word
            : $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static Mistake? Check(string command)
    {
        if (PlainText.Check(command) is { } mistake)
        {
            return mistake;
        }

        if (command.Count(character => character == '"') % 2 != 0)
        {
            return new Mistake(command.LastIndexOf('"'), "This quote is never closed.", RightForm);
        }

        return Split(command) is [{ Length: > 0 }, ..] ? null : new Mistake(0, "The program is missing.", RightForm);
    }

    private static string? NextWord(string command, ref int at)
    {
        while (at < command.Length && command[at] == ' ')
        {
            at++;
        }

        if (at == command.Length)
        {
            return null;
        }

        var word = new StringBuilder();
        var isQuoted = false;
        for (; at < command.Length && (isQuoted || command[at] != ' '); at++)
        {
            if (command[at] != '"')
            {
                word.Append(command[at]);
            }
            else if (isQuoted && at + 1 < command.Length && command[at + 1] == '"')
            {
                word.Append(command[at++]);
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }

        return word.ToString();
    }
}
