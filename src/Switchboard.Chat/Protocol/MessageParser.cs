using System.Collections.Immutable;
using System.Text;

namespace Switchboard.Chat.Protocol;

/// <summary>Reads lines as messages, as lenient as servers are: spaces may be doubled.</summary>
internal static class MessageParser
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryParse(ReadOnlySpan<byte> line, out ChatMessage? message)
    {
        message = null;
        if (line.IndexOfAny("\r\n\0"u8) >= 0)
        {
            return false;
        }

        try
        {
            return TryParse(Strict.GetString(line), out message);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryParse(ReadOnlySpan<char> rest, out ChatMessage? message)
    {
        message = null;
        var tags = ImmutableArray<KeyValuePair<string, string>>.Empty;
        if (rest is ['@', ..] && !TryReadTags(TakeWord(ref rest)[1..], out tags))
        {
            return false;
        }

        rest = rest.TrimStart(' ');
        string? source = null;
        if (rest is [':', ..])
        {
            source = TakeWord(ref rest)[1..].ToString();
            if (source.Length == 0)
            {
                return false;
            }
        }

        var command = TakeWord(ref rest);
        if (!MessageRules.IsCommand(command))
        {
            return false;
        }

        message = new ChatMessage(command.ToString(), ReadParameters(rest)) { Source = source, Tags = tags };
        return true;
    }

    private static ImmutableArray<string> ReadParameters(ReadOnlySpan<char> rest)
    {
        var parameters = ImmutableArray.CreateBuilder<string>();
        rest = rest.TrimStart(' ');
        while (rest.Length > 0)
        {
            if (rest[0] == ':' || parameters.Count == MessageRules.MaxParameters - 1)
            {
                parameters.Add((rest[0] == ':' ? rest[1..] : rest).ToString());
                break;
            }

            parameters.Add(TakeWord(ref rest).ToString());
            rest = rest.TrimStart(' ');
        }

        return parameters.DrainToImmutable();
    }

    /// <summary>Takes what stands before the next space, and leaves what is behind it.</summary>
    private static ReadOnlySpan<char> TakeWord(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word;
    }

    private static bool TryReadTags(ReadOnlySpan<char> text, out ImmutableArray<KeyValuePair<string, string>> tags)
    {
        var read = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var range in text.Split(';'))
        {
            var tag = text[range];
            if (tag.Length == 0)
            {
                continue;
            }

            var equals = tag.IndexOf('=');
            var name = equals < 0 ? tag : tag[..equals];
            if (!MessageRules.IsTagName(name))
            {
                tags = [];
                return false;
            }

            read.Add(new(name.ToString(), equals < 0 ? "" : Unescape(tag[(equals + 1)..])));
        }

        tags = read.DrainToImmutable();
        return true;
    }

    private static string Unescape(ReadOnlySpan<char> value)
    {
        if (!value.Contains('\\'))
        {
            return value.ToString();
        }

        var text = new StringBuilder(value.Length);
        for (var place = 0; place < value.Length; place++)
        {
            if (value[place] != '\\')
            {
                text.Append(value[place]);
            }
            else if (++place < value.Length)
            {
                text.Append(value[place] switch
                {
                    ':' => ';',
                    's' => ' ',
                    'r' => '\r',
                    'n' => '\n',
                    var other => other,
                });
            }
        }

        return text.ToString();
    }
}
