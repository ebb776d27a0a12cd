using System.Collections.Immutable;
using System.Text;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat;

/// <summary>
/// One message of the IRC protocol: tags, a source, a command and its parameters. Immutable; what cannot be written as
/// one line cannot be made.
/// </summary>
public sealed record ChatMessage
{
    /// <summary>Makes a message.</summary>
    /// <param name="command">A word, or the three digits of an answer: <c>PRIVMSG</c>, <c>001</c>.</param>
    /// <param name="parameters">The last may be any text of one line; those before it have no spaces.</param>
    /// <exception cref="ArgumentException">It could not be read again from its line.</exception>
    public ChatMessage(string command, params ImmutableArray<string> parameters)
    {
        Command = MessageRules.Command(command);
        Parameters = MessageRules.Parameters(parameters);
    }

    /// <summary>What the message asks for or tells, in capitals.</summary>
    public string Command { get; }

    /// <summary>At most 15.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <summary>Who sent it, <c>nick!user@host</c> or a server's name; null where nobody is named.</summary>
    public string? Source
    {
        get;
        init => field = MessageRules.Source(value);
    }

    /// <summary>Names and values beside the message, in order; a tag without a value has an empty one.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Tags
    {
        get;
        init => field = MessageRules.Tags(value);
    } = [];

    /// <summary>The parameter at a place; null where there are not so many.</summary>
    public string? this[int place] => place < Parameters.Length ? Parameters[place] : null;

    /// <summary>A tag's value; null where there is no such tag.</summary>
    public string? Tag(string name)
    {
        foreach (var (key, value) in Tags)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads one line, without its ending.</summary>
    /// <param name="line">As UTF-8.</param>
    /// <param name="message">The message; null if it is none.</param>
    /// <returns>False where a rule of the protocol is broken, or the bytes are not UTF-8.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out ChatMessage? message) =>
        MessageParser.TryParse(line, out message);

    /// <summary>The line as bytes of UTF-8, without its ending.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The line, without its ending.</summary>
    public override string ToString() => MessageText.Of(this);
}
