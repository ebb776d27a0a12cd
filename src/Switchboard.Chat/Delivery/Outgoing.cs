using System.Globalization;
using System.Text;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Delivery;

/// <summary>
/// One message on its way to many. It is written once for each set of tags that clients asked for, however many of
/// them there are. Only used by who holds the world's lock, or by a single caller.
/// </summary>
/// <param name="message">Without tags: those depend on the receiver.</param>
/// <param name="time">When it was said.</param>
internal sealed class Outgoing(ChatMessage message, DateTimeOffset time)
{
    /// <summary>The most bytes of a line behind its tags, without its ending.</summary>
    public const int MaxBodyBytes = 510;

    private readonly byte[]?[] _lines = new byte[(int)Capabilities.Tagging + 1][];
    private byte[]? _body;

    /// <summary>When it was said.</summary>
    public DateTimeOffset Time { get; } = time;

    /// <summary>What clients can refer to it by; null for what no history keeps.</summary>
    public string? MessageId { get; init; }

    /// <summary>The account of its source; null if not signed in.</summary>
    public string? Account { get; init; }

    /// <summary>Client-only tags, as they stand in a line; empty if none.</summary>
    public string ClientTags { get; init; } = "";

    /// <summary>The line for a client with these capabilities.</summary>
    public ReadOnlyMemory<byte> For(Capabilities capabilities)
    {
        var wanted = (int)(capabilities & Capabilities.Tagging);
        return _lines[wanted] ??= Write((Capabilities)wanted, firstTag: "");
    }

    /// <summary>The line with one more tag in front, such as <c>label=x</c>, that is for one receiver only.</summary>
    public ReadOnlyMemory<byte> For(Capabilities capabilities, string firstTag) => Write(capabilities, firstTag);

    /// <summary>A time as the protocol writes it.</summary>
    public static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private byte[] Write(Capabilities wanted, string firstTag)
    {
        _body ??= Encoding.UTF8.GetBytes(NameRules.Cut(message.ToString(), MaxBodyBytes));
        var tags = Tags(wanted, firstTag);
        return tags.Length == 0 ? _body : [.. Encoding.UTF8.GetBytes(tags), .. _body];
    }

    private string Tags(Capabilities wanted, string firstTag)
    {
        var tags = new StringBuilder(firstTag);
        if (wanted.HasFlag(Capabilities.ServerTime))
        {
            Separate(tags).Append("time=").Append(TimeText(Time));
        }

        if (wanted.HasFlag(Capabilities.MessageTags) && MessageId is not null)
        {
            Separate(tags).Append("msgid=").Append(MessageId);
        }

        if (wanted.HasFlag(Capabilities.AccountTag) && Account is not null)
        {
            Separate(tags).Append("account=").Append(Account);
        }

        if (wanted.HasFlag(Capabilities.MessageTags) && ClientTags.Length > 0)
        {
            Separate(tags).Append(ClientTags);
        }

        return tags.Length == 0 ? "" : tags.Insert(0, '@').Append(' ').ToString();
    }

    private static StringBuilder Separate(StringBuilder tags) => tags.Length > 0 ? tags.Append(';') : tags;
}
