using System.Collections.Frozen;

namespace Switchboard.Chat.Clients;

/// <summary>Which answers of a server mean that it does not do what was asked.</summary>
internal static class Refusals
{
    private const string NickInUse = "433";

    // No such room, too many, a limit, a key, an invitation or an account is asked for, banned, forwarded.
    private static readonly FrozenSet<string> NotJoined =
    [
        "403", "405", "407", "437", "470", "471", "473", "474", "475", "476", "477", "479", "480", "489",
    ];

    /// <summary>Whether it makes no sense to try again: it would be answered the same.</summary>
    public static bool IsFinal(Exception error) =>
        error is TlsException or ChatRefusedException { Code: not ("ERROR" or NickInUse) };

    /// <summary>Whether this ends the answer to a join: the list of members is whole.</summary>
    /// <exception cref="ChatRefusedException">The server does not let this client into the room.</exception>
    public static bool IsEndOfJoin(ChatMessage message, string room, ChatView view)
    {
        var isAboutRoom = message[1] is { } name && view.Support.AreSame(name, room);
        if (isAboutRoom && NotJoined.Contains(message.Command))
        {
            throw new ChatRefusedException(message.Command, $"{room} cannot be joined: {message.Parameters[^1]}");
        }

        return isAboutRoom && message.Command == "366" && view.Rooms.ContainsKey(room);
    }

    /// <summary>Whether this tells that the nick is changed.</summary>
    /// <exception cref="ChatRefusedException">It cannot be had.</exception>
    public static bool IsNewNick(ChatMessage message, string nick, ChatView view) => message.Command switch
    {
        "431" or "432" or NickInUse or "436" or "437" or "438" or "447" => throw new ChatRefusedException(
            message.Command, $"{nick} cannot be had as a nick: {message.Parameters[^1]}"),
        "NICK" => message[0] is { } next && view.IsOwn(next) && view.Support.AreSame(next, nick),
        _ => false,
    };
}
