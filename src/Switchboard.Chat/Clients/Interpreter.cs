using System.Collections.Immutable;
using System.Globalization;

namespace Switchboard.Chat.Clients;

/// <summary>
/// Turns messages of the server into events, and keeps what is known of rooms and nicks. It sends nothing. One caller
/// at a time; <see cref="View"/> may be read by anybody.
/// </summary>
internal sealed class Interpreter(ChatClientOptions options)
{
    private const char Ctcp = '\x01';
    private const string ActionWord = "ACTION ";

    private volatile ChatView _view = new("", new ChatSupport(), ImmutableDictionary<string, ChatRoom>.Empty);

    public ChatView View => _view;

    /// <summary>Begins anew on another connection.</summary>
    public void Begin(Registered registered) => _view = ChatView.Of(registered);

    /// <summary>Takes other capabilities than those agreed on at first.</summary>
    public void Use(ImmutableHashSet<string> capabilities) =>
        _view = _view with { Support = _view.Support with { Capabilities = capabilities } };

    /// <summary>What a message means; null if it is of no interest to anybody.</summary>
    public ChatEvent? Read(ChatMessage message)
    {
        var nick = NickOf(message.Source);
        var time = TimeOf(message);
        ChatEvent? happened = message.Command switch
        {
            "PRIVMSG" or "NOTICE" => Said(message),
            "JOIN" => Joined(message, nick, time),
            "PART" => Left(message[0], nick, by: null, message[1], time),
            "KICK" => Left(message[0], message[1], nick, message[2], time),
            "QUIT" => Quit(nick, message[0], time),
            "NICK" => Renamed(message, nick, time),
            "TOPIC" => Topic(message[0], message[1], nick, time),
            "332" => Topic(message[1], message[2], by: null, time),
            "INVITE" when message[1] is { } room => new ChatInvited(time, room, nick),
            "353" => Names(message, time),
            "MODE" => Mode(message, time),
            "PING" or "PONG" or "CAP" or "BATCH" or "TAGMSG" or "AWAY" or "ACCOUNT" or "SETNAME" => null,
            _ => new ChatAnswer(time, message),
        };
        return happened is ChatJoined or ChatQuit or ChatTopic
            ? happened with { IsOwn = IsOwn(message, nick) }
            : happened;
    }

    /// <summary>What a message says to somebody; null if it has no text.</summary>
    public ChatSaid? Said(ChatMessage message)
    {
        if (message[0] is not { } target || message[1] is not { } text)
        {
            return null;
        }

        var nick = NickOf(message.Source);
        var isOwn = nick.Length > 0 && _view.IsOwn(nick);
        var (kind, words) = KindOf(message.Command, text);
        return new ChatSaid(TimeOf(message), nick, TalkOf(target, nick, isOwn), words)
        {
            Kind = kind,
            IsOwn = isOwn,
            Id = message.Tag("msgid"),
            Account = message.Tag("account"),

            // People have addresses, and servers only names.
            IsFromServer = message.Source?.Contains('!', StringComparison.Ordinal) != true,
        };
    }

    private static (ChatSaidKind Kind, string Words) KindOf(string command, string text)
    {
        if (text is not [Ctcp, _, ..])
        {
            return (command == "NOTICE" ? ChatSaidKind.Notice : ChatSaidKind.Message, text);
        }

        var inner = text.Trim(Ctcp);
        return inner.StartsWith(ActionWord, StringComparison.Ordinal)
            ? (ChatSaidKind.Action, inner[ActionWord.Length..])
            : (command == "NOTICE" ? ChatSaidKind.Notice : ChatSaidKind.Request, inner);
    }

    // To "@#room" means the room, and those of its members only who have the mark.
    private string TalkOf(string target, string nick, bool isOwn)
    {
        var room = target.TrimStart([.. _view.Support.MemberMarks.Marks]);
        return _view.Support.IsRoom(target) ? target
            : _view.Support.IsRoom(room) ? room
            : isOwn || nick.Length == 0 ? target
            : nick;
    }

    private ChatJoined? Joined(ChatMessage message, string nick, DateTimeOffset time)
    {
        if (message[0] is not { } room || nick.Length == 0)
        {
            return null;
        }

        if (_view.IsOwn(nick))
        {
            var empty = ImmutableDictionary.Create<string, string>(_view.Support.Names);
            _view = _view with
            {
                OwnSource = message.Source,
                Rooms = _view.Rooms.SetItem(room, new ChatRoom(room) { Members = empty.Add(nick, "") }),
            };
        }
        else
        {
            _view = _view.With(room, known => known with { Members = Added(known.Members, nick, "") });
        }

        return new ChatJoined(time, room, nick);
    }

    private ChatLeft? Left(string? room, string? nick, string? by, string? reason, DateTimeOffset time)
    {
        if (room is null || string.IsNullOrEmpty(nick))
        {
            return null;
        }

        var isOwn = _view.IsOwn(nick);
        _view = isOwn
            ? _view with { Rooms = _view.Rooms.Remove(room) }
            : _view.With(room, known => known with { Members = known.Members.Remove(nick) });
        return new ChatLeft(time, room, nick, reason ?? "", by) { IsOwn = isOwn };
    }

    private ChatQuit? Quit(string nick, string? reason, DateTimeOffset time)
    {
        if (nick.Length == 0)
        {
            return null;
        }

        var rooms = _view.RoomsWith(nick);
        _view = _view.WithRoomsOf(nick, members => members.Remove(nick));
        return new ChatQuit(time, nick, reason ?? "", rooms);
    }

    private ChatRenamed? Renamed(ChatMessage message, string nick, DateTimeOffset time)
    {
        if (message[0] is not { } next || nick.Length == 0)
        {
            return null;
        }

        var isOwn = _view.IsOwn(nick);
        var rooms = _view.RoomsWith(nick);
        _view = _view.WithRoomsOf(nick, members => members.Remove(nick).SetItem(next, members[nick]));
        if (isOwn)
        {
            _view = _view with { Nick = next, OwnSource = null };
        }

        return new ChatRenamed(time, nick, next, rooms) { IsOwn = isOwn };
    }

    private ChatTopic? Topic(string? room, string? topic, string? by, DateTimeOffset time)
    {
        if (room is null)
        {
            return null;
        }

        _view = _view.With(room, known => known with { Topic = topic ?? "" });
        return new ChatTopic(time, room, topic ?? "", by);
    }

    private ChatAnswer Names(ChatMessage message, DateTimeOffset time)
    {
        if (message[2] is { } name && message[3] is { } nicks && _view.Rooms.TryGetValue(name, out var room))
        {
            var members = room.Members;
            foreach (var word in nicks.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var nick = word.TrimStart([.. _view.Support.MemberMarks.Marks]);
                members = nick.Length > 0 ? Added(members, nick, word[..^nick.Length]) : members;
            }

            _view = _view.With(name, known => known with { Members = members });
        }

        return new ChatAnswer(time, message);
    }

    private ChatAnswer Mode(ChatMessage message, DateTimeOffset time)
    {
        if (message[0] is { } name && _view.Rooms.ContainsKey(name))
        {
            foreach (var (nick, mark, isGiven) in MemberModes.Read(message, _view.Support))
            {
                _view = _view.With(name, room => room with
                {
                    Members = MemberModes.Change(room.Members, nick, mark, isGiven, _view.Support.MemberMarks.Marks),
                });
            }
        }

        return new ChatAnswer(time, message);
    }

    private ImmutableDictionary<string, string> Added(
        ImmutableDictionary<string, string> members, string nick, string marks) =>
        members.Count < options.MaxMembers || members.ContainsKey(nick) ? members.SetItem(nick, marks) : members;

    private bool IsOwn(ChatMessage message, string nick) =>
        nick.Length > 0 && !char.IsAsciiDigit(message.Command[0]) && _view.IsOwn(nick);

    private static string NickOf(string? source)
    {
        var end = source.AsSpan().IndexOfAny('!', '@');
        return source is null ? "" : end < 0 ? source : source[..end];
    }

    private DateTimeOffset TimeOf(ChatMessage message) =>
        DateTimeOffset.TryParse(
            message.Tag("time"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : options.Time.GetUtcNow();
}
