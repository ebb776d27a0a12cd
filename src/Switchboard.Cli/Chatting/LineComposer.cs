using System.Globalization;
using Switchboard.Chat;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>Makes lines for the screen of what happened.</summary>
/// <param name="time">Knows the local zone.</param>
internal sealed class LineComposer(TimeProvider time)
{
    /// <param name="said">What was said.</param>
    /// <param name="ownNick">Whoever sits here.</param>
    public ShownLine Said(ChatSaid said, string ownNick)
    {
        var nick = ChatText.Name(said.Nick);
        var text = ChatText.Of(said.Text);
        var line = said.Kind switch
        {
            ChatSaidKind.Action => Line(said.Time, "*", $"{nick} {text}"),
            ChatSaidKind.Notice => Line(said.Time, $"-{nick}-", text),
            ChatSaidKind.Request => Line(said.Time, "?", $"{nick} asks this program for {text}"),
            _ => Line(said.Time, $"<{nick}>", text),
        };
        var isMention = !said.IsOwn && Mentions(said.Text, ownNick);
        return line with
        {
            Hue = said.IsOwn ? null : HueOf(said.Nick),
            Tone = isMention ? Tone.Strong : said.IsMissed ? Tone.Quiet : Tone.Plain,
            IsNews = !said.IsOwn,
            IsMention = isMention,
        };
    }

    /// <summary>Something that nobody said.</summary>
    public ShownLine Of(ChatEvent happened)
    {
        var described = new TalkEvent(happened);
        var text = happened is ChatMissed missed
            ? $"What was said here from {Clock(missed.Since)} to {Clock(missed.Time)} is not known."
            : described.Text;
        return Line(happened.Time, "", SafeText.Line(text)) with { Tone = described.Tone };
    }

    /// <summary>A word of this program.</summary>
    /// <param name="text">May hold a stranger's text.</param>
    /// <param name="tone">What it means.</param>
    public ShownLine Note(string text, Tone tone = Tone.Quiet) =>
        Line(time.GetUtcNow(), "", SafeText.Line(text)) with { Tone = tone };

    private string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private ShownLine Line(DateTimeOffset at, string speaker, string text) =>
        new(TimeZoneInfo.ConvertTime(at, time.LocalTimeZone), speaker, text);

    // The same for everybody and every day: a sum, and not the runtime's hash, which differs from run to run.
    private static int HueOf(string nick) =>
        nick.Aggregate(0, (sum, letter) => unchecked((sum * 31) + letter)) & int.MaxValue;

    private static bool Mentions(string text, string nick)
    {
        for (var place = 0; nick.Length > 0; place++)
        {
            place = text.IndexOf(nick, place, StringComparison.OrdinalIgnoreCase);
            if (place < 0)
            {
                return false;
            }

            var end = place + nick.Length;
            if ((place == 0 || !char.IsLetterOrDigit(text[place - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
