namespace Switchboard.Chat.Commands;

/// <summary>Who may send a command.</summary>
internal enum CommandAccess
{
    /// <summary>Only people who have registered.</summary>
    Registered,

    /// <summary>Everybody who is connected.</summary>
    Anybody,
}
