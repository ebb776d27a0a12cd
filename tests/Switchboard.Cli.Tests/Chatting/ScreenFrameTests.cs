using Switchboard.Chat;
using Switchboard.Cli.Chatting;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class ScreenFrameTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 10, 0, 0, TimeSpan.Zero);

    private readonly TalkWindows _windows = new();
    private readonly LineEditor _editor = new();
    private readonly LineComposer _composer = new(new FixedTime(Noon));

    [Fact]
    public void A_talk_is_shown_with_its_topic_its_day_and_where_there_is_news()
    {
        Say("#tea", "bob", "hello");
        Say("kim", "kim", "psst ada");
        _windows.Show(_windows.Open("#tea"));
        _editor.Insert("hi");

        Assert.Equal(
            [
                "#tea (2)  black or green", "", "── Friday, 2 January 2026 ─────────────────────────────",
                "12:00 <bob> hello", "─ ada ─ 1:server [2:#tea] 3:kim(1!) ───────────────────", "#tea> hi",
            ],
            Rows(columns: 55, rows: 6));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(12)]
    [InlineData(5)]
    public void No_row_is_wider_than_the_screen_whatever_others_say(int columns)
    {
        var hostile = "\e[2J漢字漢字 \u202E" + new string('x', 300)
            + " z\u0301\u0301\u0301\u0301 🙂🙂 \x03" + "4red word word";
        Say("#tea", "\u202Ebob" + new string('n', 50), hostile);
        Say("#very-long-name-" + new string('r', 100), "bob", hostile);
        _windows.Show(_windows.Find("#tea")!);
        _editor.Insert(hostile);

        foreach (var row in Rows(columns, rows: 20, topic: hostile))
        {
            Assert.InRange(CellText.Width(row), 0, columns);
            Assert.DoesNotContain(row, char.IsControl);
        }
    }

    [Fact]
    public void Long_text_goes_on_below_its_beginning_and_is_cut_between_words()
    {
        Say("#tea", "bob", "one two three four five six");
        _windows.Show(_windows.Find("#tea")!);

        Assert.Equal(["12:00 <bob> one two", "  three four five six"], Rows(columns: 22, rows: 6)[2..4]);
    }

    [Fact]
    public void Who_reads_further_up_is_not_carried_away_and_sees_that_there_is_more()
    {
        for (var number = 0; number < 50; number++)
        {
            Say("#tea", "bob", $"line {number}.");
        }

        var window = _windows.Find("#tea")!;
        _windows.Show(window);
        window.Scroll(10);
        var before = Rows(columns: 60, rows: 10);
        Say("#tea", "bob", "new");
        var after = Rows(columns: 60, rows: 10);

        Assert.Equal(before[..8], after[..8]);
        Assert.Contains("↓ 11 more", after[8], StringComparison.Ordinal);
        Assert.Equal(1, window.Unread);
        window.Scroll(-100);
        Assert.Equal(0, window.Unread);
    }

    [Fact]
    public void The_cursor_is_where_the_next_letter_goes_however_long_the_line_is()
    {
        _editor.Insert(string.Concat(Enumerable.Range(0, 100).Select(number => $"{number} ")));

        var (rows, cursor) = Compose(Palette.Plain, columns: 40, rows: 10);

        Assert.EndsWith("98 99 ", rows[^1], StringComparison.Ordinal);
        Assert.Equal(rows[^1].Length, cursor);
        Assert.InRange(cursor, 0, 39);
    }

    private void Say(string talk, string nick, string text)
    {
        var window = _windows.Open(talk);
        window.Add(_composer.Said(new ChatSaid(Noon, nick, talk, text), "ada"), isSeen: window == _windows.Active);
    }

    private string[] Rows(int columns, int rows, string topic = "black or green") =>
        [.. Compose(Palette.Plain, columns, rows, topic).Rows.Select(row => row.TrimEnd())];

    private (IReadOnlyList<string> Rows, int CursorColumn) Compose(
        Palette palette, int columns, int rows, string topic = "") =>
        new ScreenFrame(palette, columns, rows).Compose(new ScreenState(_windows, _editor, "ada", topic, 2, ""));
}
