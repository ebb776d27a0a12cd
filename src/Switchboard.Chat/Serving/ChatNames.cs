using Switchboard.Chat.Protocol;

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

        if (options.Network.Length > MaxLength || !MessageRules.IsMiddle(options.Network))
        {
            throw new ArgumentException(
                $"\"{options.Network}\" cannot be a chat's name: up to {MaxLength} letters without a space.",
                nameof(options));
        }
    }
}
