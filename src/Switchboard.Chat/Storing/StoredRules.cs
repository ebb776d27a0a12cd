using System.Buffers;
using System.Text;

namespace Switchboard.Chat.Storing;

/// <summary>What may be kept, whatever keeps it: databases differ in what they refuse, cut or mangle.</summary>
internal static class StoredRules
{
    public const int MaxIdLength = 128;
    public const int MaxTalkBytes = 1024;
    public const int MaxNameBytes = 500;

    private static readonly SearchValues<char> VisibleAscii =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    /// <summary>The messages as they come back.</summary>
    public static IReadOnlyList<StoredMessage> ToKeep(IReadOnlyList<StoredMessage> messages) =>
        [.. messages.Select(ToKeep)];

    /// <summary>A server's name is that of its outbox.</summary>
    public static void CheckServer(string server) => CheckName(server, MaxNameBytes, "server");

    /// <summary>The account as it comes back.</summary>
    public static StoredAccount ToKeep(StoredAccount account)
    {
        CheckName(account.Name, MaxNameBytes, "account");
        Refuse(account.Name.Contains(' ', StringComparison.Ordinal), "The name of an account has a space.");
        Refuse(account.Password is "" || account.Certificate is "", "A hash is empty. Give null where there is none.");
        CheckTexts(account.Shown, account.Password, account.Certificate);

        return account with
        {
            Created = ToMilliseconds(account.Created),
            LastSeen = account.LastSeen is { } seen ? ToMilliseconds(seen) : null,
        };
    }

    /// <summary>An account can be changed into itself only.</summary>
    public static void CheckChange(StoredAccount known, StoredAccount changed)
    {
        Refuse(known.Name != changed.Name, "An account keeps its name.");
        ToKeep(known);
        ToKeep(changed);
    }

    /// <summary>Neither NUL, which PostgreSQL refuses, nor half a surrogate pair, which UTF-8 cannot say.</summary>
    public static bool IsText(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (char.IsHighSurrogate(text[place]) && place + 1 < text.Length && char.IsLowSurrogate(text[place + 1]))
            {
                place++;
            }
            else if (text[place] == '\0' || char.IsSurrogate(text[place]))
            {
                return false;
            }
        }

        return true;
    }

    public static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>The first whole millisecond that is not before a time.</summary>
    public static long FirstMillisecondFrom(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);

    private static StoredMessage ToKeep(StoredMessage message)
    {
        var id = message.Id;
        Refuse(
            id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAnyExcept(VisibleAscii),
            $"A message's id is not 1 to {MaxIdLength} visible characters of ASCII.");
        CheckName(message.Talk, MaxTalkBytes, "talk");
        CheckTexts(message.Source, message.Account, message.Command, message.Target, message.Text, message.Tags);

        return message with { Time = ToMilliseconds(message.Time) };
    }

    private static void CheckName(string name, int maxBytes, string whose)
    {
        CheckTexts(name);
        Refuse(
            name.Length == 0 || Encoding.UTF8.GetByteCount(name) > maxBytes,
            $"The name of this {whose} is not 1 to {maxBytes} bytes of UTF-8.");
    }

    private static void CheckTexts(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            Refuse(text is not null && !IsText(text), "What is to be kept has a NUL or half a surrogate pair.");
        }
    }

    private static void Refuse(bool broken, string rule)
    {
        if (broken)
        {
            throw new ArgumentException(rule);
        }
    }
}
