using Switchboard.Chat;
using Switchboard.Cli.Web;

namespace Switchboard.Cli.WebChat;

/// <summary>The way into a chat by browser.</summary>
internal sealed record WebChatOptions
{
    /// <summary>Where it listens, and how.</summary>
    public required WebServerOptions Web { get; init; }

    /// <summary>The limits of the chat itself; <see cref="ChatLimits.MaxPendingBytes"/> is held here.</summary>
    public ChatLimits Limits { get; init; } = new();
}
