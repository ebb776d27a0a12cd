using Switchboard.Chat.Protocol;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Serving;

/// <summary>Names of servers and chats stand in every line, so they are looked at before the first.</summary>
internal static class ChatNames
{
    private const int MaxLength = 63;

    public static void ThrowIfUnfit(ChatOptions options)
    {
        if (options.Name.Length > MaxLength || !MessageRules.IsMiddle(options.Name)
            || options.Name.AsSpan().ContainsAny('!', '@', '/'))
        {
            throw new ArgumentException(
                $"\"{options.Name}\" cannot be a server's name: up to {MaxLength} letters, digits, dots and hyphens.",
                nameof(options));
        }

        if (options.Broker is not null)
        {
            ThrowIfUnfitToShare(options);
        }

        if (options.Network.Length > MaxLength || !MessageRules.IsMiddle(options.Network))
        {
            throw new ArgumentException(
                $"\"{options.Network}\" cannot be a chat's name: up to {MaxLength} letters without a space.",
                nameof(options));
        }
    }

    private static void ThrowIfUnfitToShare(ChatOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxOutgoing, 1);
        if (!LetterRules.IsServer(options.Name) || !LetterRules.IsServer(options.Network))
        {
            throw new ArgumentException(
                $"\"{options.Name}\" of \"{options.Network}\" cannot share a chat: names of letters, digits, dots, "
                + "hyphens and underscores can.",
                nameof(options));
        }

        if (options.Store is not null and not IChatOutbox)
        {
            throw new ArgumentException(
                $"A chat of several servers needs a store that is an {nameof(IChatOutbox)} too.", nameof(options));
        }
    }
}
