using System.Globalization;
using Switchboard.Chat;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>What lines that begin with a slash do.</summary>
/// <param name="client">Does it.</param>
/// <param name="windows">The talks on the screen.</param>
/// <param name="onScreen">Runs what changes the screen, where nobody else does so at the same time.</param>
/// <param name="note">Says something in the talk that is shown; for what runs there.</param>
internal sealed class ScreenCommands(
    ChatClient client, TalkWindows windows, Action<Action> onScreen, Action<string, Tone> note)
{
    private static readonly string[] Help =
    [
        "/join ROOM [KEY]  come into a room",
        "/part [REASON]  leave this room",
        "/msg NICK TEXT  say it privately",
        "/me TEXT  say what you do",
        "/talk N  show a talk: Alt-1, Ctrl-N, Ctrl-P",
        "/names, /topic [TEXT]  who is here, and why",
        "/list, /whois NICK  rooms; who that is",
        "/nick NAME, /away [TEXT]  be another, be away",
        "/quit [REASON]  leave: Ctrl-D, Ctrl-C",
        "PgUp, PgDn, Tab, Up, Down; Alt-A: next unread",
    ];

    /// <summary>What can be completed.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "/away", "/help", "/join", "/list", "/me", "/msg", "/names", "/nick", "/part", "/quit", "/talk", "/topic",
        "/whois",
    ];

    /// <summary>Why whoever sits here has left, once they have; null before.</summary>
    public string? Farewell { get; private set; }

    /// <summary>Does what a line asks for; text is said where it was typed.</summary>
    /// <param name="line">As it was typed; it may have several lines.</param>
    /// <param name="talk">The talk that was shown then.</param>
    /// <param name="stop">Gives up.</param>
    public Task RunAsync(string line, TalkWindow talk, CancellationToken stop)
    {
        if (line is not ['/', not '/', ..] || line.Contains('\n', StringComparison.Ordinal))
        {
            return SayAsync(line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line, talk, stop);
        }

        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var command = end < 0 ? line : line[..end];
        return DoAsync(command, end < 0 ? "" : line[(end + 1)..].Trim(), talk, stop);
    }

    private Task DoAsync(string command, string rest, TalkWindow talk, CancellationToken stop) => command switch
    {
        "/join" or "/j" when rest.Length > 0 => JoinAsync(rest, stop),
        "/part" or "/close" => PartAsync(rest, talk, stop),
        "/msg" or "/query" when rest.Length > 0 => TellAsync(rest, stop),
        "/me" when rest.Length > 0 => client.SayAsync(talk.Name, rest, ChatSaidKind.Action, stop),
        "/nick" when rest.Length > 0 => client.ChangeNickAsync(rest, stop),
        "/topic" => TopicAsync(rest, talk, stop),
        "/names" => Done(() => ShowNames(talk)),
        "/list" => client.SendAsync(new ChatMessage("LIST"), stop),
        "/whois" when rest.Length > 0 => client.SendAsync(new ChatMessage("WHOIS", rest), stop),
        "/away" => client.SendAsync(new ChatMessage("AWAY", rest.Length == 0 ? [] : [rest]), stop),
        "/talk" when rest.Length > 0 => Done(() => Show(rest)),
        "/quit" or "/exit" => Done(() => Farewell = rest),
        "/help" => Done(() => Array.ForEach(Help, line => note(line, Tone.Quiet))),
        _ => Done(() => note($"{command} is no command, or something is missing behind it: /help", Tone.Bad)),
    };

    private Task SayAsync(string text, TalkWindow talk, CancellationToken stop)
    {
        if (talk == windows.Server)
        {
            return Done(() => note("Nobody is here to talk to: /join #room, or /msg nick text", Tone.Bad));
        }

        return client.SayAsync(talk.Name, text, cancellationToken: stop);
    }

    private async Task JoinAsync(string rest, CancellationToken stop)
    {
        var words = rest.Split(' ', 2);
        var room = RoomNames.One(words[0]);
        await client.JoinAsync(room, words.Length > 1 ? words[1] : null, stop);
        onScreen(() => windows.Show(windows.Open(room)));
    }

    private async Task PartAsync(string reason, TalkWindow talk, CancellationToken stop)
    {
        onScreen(() => windows.Close(talk));
        if (client.Rooms.ContainsKey(talk.Name))
        {
            await client.PartAsync(talk.Name, reason.Length == 0 ? null : reason, stop);
        }
    }

    private Task TellAsync(string rest, CancellationToken stop)
    {
        var words = rest.Split(' ', 2);
        onScreen(() => windows.Show(windows.Open(words[0])));
        return words.Length > 1 ? client.SayAsync(words[0], words[1], cancellationToken: stop) : Task.CompletedTask;
    }

    private Task TopicAsync(string topic, TalkWindow talk, CancellationToken stop)
    {
        if (topic.Length > 0)
        {
            return client.SendAsync(new ChatMessage("TOPIC", talk.Name, topic), stop);
        }

        var has = client.Rooms.GetValueOrDefault(talk.Name)?.Topic;
        return Done(() => note(string.IsNullOrEmpty(has) ? "There is no topic." : ChatText.Of(has), Tone.Plain));
    }

    private void ShowNames(TalkWindow talk)
    {
        const int Most = 500;
        var members = client.Rooms.GetValueOrDefault(talk.Name)?.Members;
        var names = members?.Take(Most)
            .Select(member => member.Value + member.Key)
            .Order(StringComparer.OrdinalIgnoreCase);
        note(
            names is null ? "This is no room." : $"{members!.Count} here: {string.Join(' ', names)}"
                + (members.Count > Most ? " …" : ""),
            Tone.Plain);
    }

    private void Show(string which)
    {
        var isThere = int.TryParse(which, CultureInfo.InvariantCulture, out var number) && windows.Show(number);
        if (!isThere && windows.Find(which) is { } window)
        {
            windows.Show(window);
        }
        else if (!isThere)
        {
            note($"There is no talk {which}.", Tone.Bad);
        }
    }

    private Task Done(Action act)
    {
        onScreen(act);
        return Task.CompletedTask;
    }
}
