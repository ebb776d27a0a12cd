using System.Text;

namespace Switchboard.Chat.Protocol;

/// <summary>Writes messages as lines.</summary>
internal static class MessageText
{
    public static string Of(ChatMessage message)
    {
        var line = new StringBuilder();
        AppendTags(line, message);
        if (message.Source is { } source)
        {
            line.Append(':').Append(source).Append(' ');
        }

        line.Append(message.Command);
        for (var place = 0; place < message.Parameters.Length; place++)
        {
            var parameter = message.Parameters[place];
            line.Append(' ');

            // The last one always could have the colon, and some clients want it before text.
            if (place == message.Parameters.Length - 1 && NeedsColon(message, parameter))
            {
                line.Append(':');
            }

            line.Append(parameter);
        }

        return line.ToString();
    }

    /// <summary>A tag's value as it stands in a line.</summary>
    public static string TagValue(string value)
    {
        var text = new StringBuilder();
        AppendValue(text, value);
        return text.ToString();
    }

    /// <summary>Tags as they stand in a line, between the at sign and the space.</summary>
    public static string Tags(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            AppendTag(text, name, value, text.Length == 0 ? "" : ";");
        }

        return text.ToString();
    }

    private static bool NeedsColon(ChatMessage message, string last) =>
        !MessageRules.IsMiddle(last)
        || message.Command is "PRIVMSG" or "NOTICE" or "TOPIC" or "QUIT" or "KICK"
        || (message.Command == "PART" && message.Parameters.Length > 1);

    private static void AppendTags(StringBuilder line, ChatMessage message)
    {
        var before = "@";
        foreach (var (name, value) in message.Tags)
        {
            AppendTag(line, name, value, before);
            before = ";";
        }

        if (message.Tags.Length > 0)
        {
            line.Append(' ');
        }
    }

    private static void AppendTag(StringBuilder line, string name, string value, string before)
    {
        line.Append(before).Append(name);
        if (value.Length > 0)
        {
            line.Append('=');
            AppendValue(line, value);
        }
    }

    private static void AppendValue(StringBuilder line, string value)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                ';' => line.Append(@"\:"),
                ' ' => line.Append(@"\s"),
                '\\' => line.Append(@"\\"),
                '\r' => line.Append(@"\r"),
                '\n' => line.Append(@"\n"),
                _ => line.Append(letter),
            };
        }
    }
}
