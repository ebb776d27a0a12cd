using System.Globalization;
using Switchboard.Chat;

namespace Switchboard.Cli.Chatting;

/// <summary>Puts what happens into the talks that it is about.</summary>
internal sealed class TalkTeller(TalkWindows windows, LineComposer composer)
{
    // Lists of members and when a room was made, of which the use is elsewhere, and the ends of other lists.
    private static readonly HashSet<string> Unshown = ["353", "366", "333", "329", "331", "318", "321"];

    // Welcomes and numbers of users, the text of the day.
    private const int LastWelcome = 299;
    private const int FirstOfTheDay = 372;
    private const int LastOfTheDay = 376;

    /// <summary>Called in whose rooms this client is for the first time.</summary>
    public Action<TalkWindow> RoomOpened { get; init; } = _ => { };

    public void Tell(ChatEvent happened, ChatClient client)
    {
        switch (happened)
        {
            case ChatSaid said:
                Add(TalkOf(said, client), composer.Said(said, client.Nick));
                break;
            case ChatJoined joined:
                Joined(joined);
                break;
            case ChatLeft left:
                AddIfOpen(left.Room, left);
                break;
            case ChatTopic topic:
                AddIfOpen(topic.Room, topic);
                break;
            case ChatQuit quit:
                AddToRooms(quit.Rooms, quit.Nick, quit);
                break;
            case ChatRenamed renamed:
                Renamed(renamed);
                break;
            case ChatMissed missed:
                AddIfOpen(missed.Talk, missed);
                break;
            case ChatAnswer answer:
                Answered(answer);
                break;
            default:
                Everywhere(happened);
                break;
        }
    }

    private TalkWindow TalkOf(ChatSaid said, ChatClient client) =>
        said.IsFromServer && !client.Support.IsRoom(said.Talk) ? windows.Server : windows.Open(said.Talk);

    private void Joined(ChatJoined joined)
    {
        var isNew = windows.Find(joined.Room) is null;
        var window = windows.Open(joined.Room);
        Add(window, composer.Of(joined));
        if (joined.IsOwn && isNew)
        {
            if (windows.Active == windows.Server)
            {
                windows.Show(window);
            }

            RoomOpened(window);
        }
    }

    private void Renamed(ChatRenamed renamed)
    {
        AddToRooms(renamed.Rooms, renamed.OldNick, renamed);
        if (windows.Find(renamed.OldNick) is { } talk && windows.Find(renamed.NewNick) is null)
        {
            talk.Name = renamed.NewNick;
        }
    }

    private void Answered(ChatAnswer answer)
    {
        if (Unshown.Contains(answer.Message.Command))
        {
            return;
        }

        var isNumber = int.TryParse(
            answer.Message.Command, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var isOfServer = !isNumber || number is <= LastWelcome or (>= FirstOfTheDay and <= LastOfTheDay);
        var talk = answer.Message.Command == "MODE" ? windows.Find(answer.Message[0] ?? "") : null;
        Add(talk ?? (isOfServer ? windows.Server : windows.Active), composer.Of(answer));
    }

    private void Everywhere(ChatEvent happened)
    {
        var line = composer.Of(happened);
        foreach (var window in windows.All)
        {
            Add(window, line);
        }
    }

    private void AddToRooms(IEnumerable<string> rooms, string nick, ChatEvent happened)
    {
        foreach (var name in rooms.Append(nick))
        {
            AddIfOpen(name, happened);
        }
    }

    private void AddIfOpen(string name, ChatEvent happened)
    {
        if (windows.Find(name) is { } window)
        {
            Add(window, composer.Of(happened));
        }
    }

    private void Add(TalkWindow window, ShownLine line) => window.Add(line, isSeen: window == windows.Active);
}
