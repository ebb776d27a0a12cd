using System.Globalization;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Chatting;

/// <summary>
/// Composes one picture of the screen: the topic, the talk, a line that tells where there is something new, and what is
/// being typed. It draws nothing.
/// </summary>
internal sealed class ScreenFrame(Palette palette, int columns, int rows)
{
    private const int LeastRows = 4;
    private const int LeastForTime = 20;
    private const int WideColumns = 60;
    private const int LongestSpeaker = 24;
    private const int LongestPrompt = 16;

    /// <returns>A painted text for each row, none wider than the screen, and where the cursor stands, from 0.</returns>
    public (IReadOnlyList<string> Rows, int CursorColumn) Compose(ScreenState state)
    {
        var (input, cursor) = Input(state);
        if (rows < LeastRows)
        {
            return ([.. Enumerable.Repeat("", Math.Max(rows - 1, 0)), input], cursor);
        }

        return ([Title(state), .. Body(state.Windows.Active, rows - 3), Status(state), input], cursor);
    }

    private string Title(ScreenState state)
    {
        var name = CellText.Cut(ChatText.Name(state.Windows.Active.Name), columns);
        var members = state.Members is { } count
            ? string.Create(CultureInfo.InvariantCulture, $" ({count})")
            : "";
        var topic = ChatText.Of(state.Topic);
        var rest = CellText.Cut(members + (topic.Length > 0 ? $"  {topic}" : ""), columns - CellText.Width(name));
        return palette.Paint(Tone.Strong, name) + palette.Paint(Tone.Quiet, rest);
    }

    private IEnumerable<string> Body(TalkWindow window, int room)
    {
        var body = new List<string>();
        var last = window.Lines.Count - 1 - window.Below;
        for (var place = last; place >= 0 && body.Count < room; place--)
        {
            var line = window.Lines[place];
            body.InsertRange(0, Entry(line));
            if (place == 0 || window.Lines[place - 1].Time.Date != line.Time.Date)
            {
                body.Insert(0, Rule(line.Time.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)));
            }
        }

        var missing = Math.Max(room - body.Count, 0);
        return Enumerable.Repeat("", missing).Concat(body.Skip(body.Count - (room - missing)));
    }

    private IEnumerable<string> Entry(ShownLine line)
    {
        var time = columns >= LeastForTime ? line.Time.ToString("HH:mm ", CultureInfo.InvariantCulture) : "";
        var speaker = CellText.Cut(line.Speaker, Math.Min(LongestSpeaker, Math.Max(columns / 3, 1)));
        var begin = time.Length + (speaker.Length > 0 ? CellText.Width(speaker) + 1 : 0);
        var indent = columns >= WideColumns ? begin : columns >= LeastForTime ? 2 : 0;
        var pieces = CellText.Wrap(line.Text, columns - begin, columns - indent).ToList();
        var who = speaker.Length == 0 ? "" : Painted(speaker, line.Hue) + " ";
        yield return palette.Paint(Tone.Quiet, time) + who + palette.Paint(line.Tone, pieces[0]);
        foreach (var piece in pieces.Skip(1))
        {
            yield return new string(' ', indent) + palette.Paint(line.Tone, piece);
        }
    }

    private string Painted(string speaker, int? hue) =>
        hue is { } number ? palette.PaintHue(number, speaker) : palette.Paint(Tone.Strong, speaker);

    private string Rule(string text)
    {
        var words = CellText.Cut($"── {text} ", columns);
        return palette.Paint(Tone.Quiet, words + new string('─', columns - CellText.Width(words)));
    }

    private string Status(ScreenState state)
    {
        var notice = state.Windows.Active.Below is > 0 and var below
            ? string.Create(CultureInfo.InvariantCulture, $"↓ {below} more (PgDn)")
            : SafeText.Line(state.Notice);
        var right = notice.Length == 0 ? "" : CellText.Cut($" {notice} ─", columns / 2);
        var left = CellText.Cut($"─ {ChatText.Name(state.Nick)} ─", columns - CellText.Width(right));
        var room = columns - CellText.Width(left) - CellText.Width(right);
        var (talks, cells) = Talks(state.Windows, room);
        var fill = new string('─', Math.Max(room - cells, 0));
        return palette.Paint(Tone.Quiet, left) + talks + palette.Paint(Tone.Quiet, fill)
            + palette.Paint(Tone.Warning, right);
    }

    /// <summary>As many talks as have room, so that the one that is shown is among them.</summary>
    private (string Text, int Cells) Talks(TalkWindows windows, int room)
    {
        var items = windows.All.Select((window, place) => Item(window, place + 1, window == windows.Active)).ToList();
        var first = 0;
        var active = windows.All.ToList().IndexOf(windows.Active);
        while (first < active && items[first..(active + 1)].Sum(item => CellText.Width(item.Text)) > room)
        {
            first++;
        }

        var (text, cells) = ("", 0);
        foreach (var (item, tone) in items.Skip(first))
        {
            var part = cells + CellText.Width(item) <= room ? item : CellText.Cut(item, room - cells);
            text += palette.Paint(tone, part);
            cells += CellText.Width(part);
        }

        return (text, cells);
    }

    private static (string Text, Tone Tone) Item(TalkWindow window, int number, bool isActive)
    {
        var mark = window.IsMentioned ? "!" : "";
        var unread = window.Unread > 0
            ? string.Create(CultureInfo.InvariantCulture, $"({window.Unread}{mark})")
            : "";
        var words = string.Create(CultureInfo.InvariantCulture, $"{number}:{ChatText.Name(window.Name)}{unread}");
        return isActive ? ($"[{words}]", Tone.Strong)
            : ($" {words} ", window.IsMentioned ? Tone.Warning : window.Unread > 0 ? Tone.Plain : Tone.Quiet);
    }

    private (string Text, int CursorColumn) Input(ScreenState state)
    {
        var name = ChatText.Name(state.Windows.Active.Name);
        var prompt = CellText.Cut(name, Math.Min(LongestPrompt, columns / 3)) + "> ";
        var room = Math.Max(columns - CellText.Width(prompt) - 1, 1);
        var before = Shown(state.Editor.Text[..state.Editor.Cursor]);
        var behind = Shown(state.Editor.Text[state.Editor.Cursor..]);
        var hidden = Math.Max(CellText.Width(before) - room, 0);
        before = hidden > 0 ? before[CellText.End(before, hidden)..] : before;
        while (CellText.Width(before) > room)
        {
            before = before[CellText.End(before, 2)..];
        }

        var used = CellText.Width(before);
        var rest = behind[..CellText.End(behind, room - used)];
        return (palette.Paint(Tone.Strong, prompt) + before + rest, CellText.Width(prompt) + used);
    }

    private static string Shown(string typed) => SafeText.Line(typed.Replace('\n', '⏎'));
}
