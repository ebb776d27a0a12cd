using Switchboard.Cli.Chatting;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class LineEditorTests
{
    private readonly LineEditor _editor = new();

    [Fact]
    public void Keys_edit_where_the_cursor_is()
    {
        Type("hello 🙂 world");
        Press(KeyKind.WordLeft, KeyKind.Left, KeyKind.Backspace);
        Type("big");
        Press(KeyKind.Home, KeyKind.Delete);
        Type("H");

        Assert.Equal("Hello big world", _editor.Text);
        Assert.Equal(1, _editor.Cursor);
    }

    [Fact]
    public void What_was_cut_can_be_put_back()
    {
        Type("one two");
        Control("w");
        Control("u");
        Assert.Equal("", _editor.Text);
        Control("y");

        Assert.Equal("one ", _editor.Text);
    }

    [Fact]
    public void Lines_that_were_sent_come_back_and_so_does_the_one_that_was_not()
    {
        Type("first");
        _editor.Take();
        Type("second");
        _editor.Take();
        Type("unsent");

        Press(KeyKind.Up, KeyKind.Up, KeyKind.Up);
        Assert.Equal("first", _editor.Text);
        Press(KeyKind.Down, KeyKind.Down, KeyKind.Down);
        Assert.Equal("unsent", _editor.Text);
    }

    [Fact]
    public void Tab_goes_through_all_who_are_meant()
    {
        var completion = new Completion();
        string[] words = ["bob", "Bert", "ada", "/away", "#bar"];
        Type("b");

        Assert.Equal("Bert: ", Complete());
        Assert.Equal("bob: ", Complete());
        Assert.Equal("Bert: ", Complete());
        Type("ask bo");
        Assert.Equal("Bert: ask bob ", Complete());

        string Complete()
        {
            completion.Complete(_editor, words, StringComparison.OrdinalIgnoreCase);
            return _editor.Text;
        }
    }

    private void Type(string text) => _editor.Press(new Key(KeyKind.Letter, text));

    private void Press(params KeyKind[] kinds) => Array.ForEach(kinds, kind => _editor.Press(new Key(kind)));

    private void Control(string letter) => _editor.Press(new Key(KeyKind.Control, letter));
}
