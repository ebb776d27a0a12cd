using System.Globalization;
using Switchboard.Chat;

namespace Switchboard.Cli.Chatting;

/// <summary>Answers of a server, in words where their parameters alone would say little.</summary>
internal static class AnswerText
{
    /// <returns>A stranger's text.</returns>
    public static string Of(ChatAnswer answer)
    {
        var message = answer.Message;
        return (message.Command, message.Parameters) switch
        {
            ("311", [_, var nick, var user, var host, _, var name, ..]) => $"{nick} is {name} ({user}@{host})",
            ("312", [_, var nick, var server, ..]) => $"{nick} is at {server}",
            ("317", [_, var nick, var idle, ..]) => $"{nick} has said nothing for {Time(idle)}",
            ("319", [_, var nick, var rooms, ..]) => $"{nick} is in {rooms.Trim()}",
            ("330", [_, var nick, var account, ..]) => $"{nick} is signed in as {account}",
            ("301", [_, var nick, var words, ..]) => $"{nick} is away: {words}",
            ("322", [_, var room, var count, .. var topic]) => $"{room} ({count}) {string.Join(' ', topic)}".TrimEnd(),
            _ => answer.Text,
        };
    }

    private static string Time(string seconds) =>
        int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Options.TimeText.Show(TimeSpan.FromSeconds(number))
            : seconds;
}
