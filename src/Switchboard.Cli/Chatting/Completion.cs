namespace Switchboard.Cli.Chatting;

/// <summary>Completes the word before the cursor; pressed again, it offers the next one.</summary>
internal sealed class Completion
{
    private string _given = "";
    private int _start;
    private string _tail = "";
    private List<string> _offers = [];
    private int _next;

    /// <param name="editor">What is typed.</param>
    /// <param name="words">Everything that could be meant: nicks, rooms, commands.</param>
    /// <param name="comparer">Whether the case of letters counts.</param>
    public void Complete(LineEditor editor, IEnumerable<string> words, StringComparison comparer)
    {
        if (editor.Text != _given || _offers.Count == 0)
        {
            Begin(editor, words, comparer);
        }

        if (_offers.Count == 0)
        {
            return;
        }

        var word = _offers[_next++ % _offers.Count];
        var isAddress = _start == 0 && word[0] is not ('/' or '#' or '&');
        var before = editor.Text[.._start] + word + (isAddress ? ": " : " ");
        editor.Replace(before + _tail, before.Length);
        _given = editor.Text;
    }

    private void Begin(LineEditor editor, IEnumerable<string> words, StringComparison comparer)
    {
        var text = editor.Text;
        _start = text[..editor.Cursor].LastIndexOf(' ') + 1;
        _tail = text[editor.Cursor..];
        var typed = text[_start..editor.Cursor];
        _offers = typed.Length == 0
            ? []
            : [.. words.Where(word => word.StartsWith(typed, comparer)).Order(StringComparer.OrdinalIgnoreCase)];
        _next = 0;
    }
}
