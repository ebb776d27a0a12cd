using System.Text;

namespace Switchboard.Cli.Chatting;

/// <summary>One line that is being typed, with the lines before it. It knows no terminal.</summary>
internal sealed class LineEditor
{
    private const int MaxChars = 128 * 1024;
    private const int MaxHistory = 500;

    private readonly StringBuilder _text = new();
    private readonly List<string> _history = [];
    private string _unsent = "";
    private int _recalled;
    private string _cut = "";

    public string Text => _text.ToString();

    /// <summary>Where the next letter goes, counted in chars.</summary>
    public int Cursor { get; private set; }

    public void Insert(string text)
    {
        if (_text.Length + text.Length <= MaxChars)
        {
            _text.Insert(Cursor, text);
            Cursor += text.Length;
        }
    }

    /// <summary>Puts other text in the place of what is typed.</summary>
    public void Replace(string text, int cursor)
    {
        _text.Clear().Append(text);
        Cursor = Math.Clamp(cursor, 0, text.Length);
    }

    /// <summary>Takes the line away and remembers it.</summary>
    public string Take()
    {
        var text = Text;
        if (text.Length > 0 && (_history.Count == 0 || _history[^1] != text))
        {
            _history.Add(text);
            if (_history.Count > MaxHistory)
            {
                _history.RemoveAt(0);
            }
        }

        _recalled = _history.Count;
        Replace("", 0);
        return text;
    }

    /// <summary>Does what a key of an editor does.</summary>
    /// <returns>False if the key means nothing here.</returns>
    public bool Press(Key key)
    {
        switch (key.Kind)
        {
            case KeyKind.Letter or KeyKind.Paste:
                Insert(key.Text);
                return true;
            case KeyKind.Backspace:
                Remove(Before(Cursor), Cursor);
                return true;
            case KeyKind.Delete:
                Remove(Cursor, After(Cursor));
                return true;
            case KeyKind.Left or KeyKind.Right or KeyKind.Home or KeyKind.End or KeyKind.WordLeft or KeyKind.WordRight:
                Cursor = Moved(key.Kind);
                return true;
            case KeyKind.Up or KeyKind.Down:
                Recall(key.Kind == KeyKind.Up ? -1 : 1);
                return true;
            case KeyKind.Control:
                return PressControl(key.Text);
            case KeyKind.Alt when key.Text is "b" or "f":
                Cursor = Moved(key.Text == "b" ? KeyKind.WordLeft : KeyKind.WordRight);
                return true;
            default:
                return false;
        }
    }

    private bool PressControl(string letter)
    {
        switch (letter)
        {
            case "a" or "e" or "b" or "f":
                Cursor = Moved(letter switch
                {
                    "a" => KeyKind.Home, "e" => KeyKind.End, "b" => KeyKind.Left, _ => KeyKind.Right,
                });
                return true;
            case "u":
                Cut(0, Cursor);
                return true;
            case "k":
                Cut(Cursor, _text.Length);
                return true;
            case "w":
                Cut(Moved(KeyKind.WordLeft), Cursor);
                return true;
            case "y":
                Insert(_cut);
                return true;
            case "d" when _text.Length > 0:
                Remove(Cursor, After(Cursor));
                return true;
            default:
                return false;
        }
    }

    private int Moved(KeyKind kind) => kind switch
    {
        KeyKind.Left => Before(Cursor),
        KeyKind.Right => After(Cursor),
        KeyKind.Home => 0,
        KeyKind.WordLeft => WordBefore(),
        KeyKind.WordRight => WordAfter(),
        _ => _text.Length,
    };

    private void Recall(int step)
    {
        var wanted = _recalled + step;
        if (wanted < 0 || wanted > _history.Count)
        {
            return;
        }

        if (_recalled == _history.Count)
        {
            _unsent = Text;
        }

        _recalled = wanted;
        var line = wanted == _history.Count ? _unsent : _history[wanted];
        Replace(line, line.Length);
    }

    private void Cut(int from, int to)
    {
        _cut = _text.ToString(from, to - from);
        Remove(from, to);
    }

    private void Remove(int from, int to)
    {
        _text.Remove(from, to - from);
        Cursor = from;
    }

    private int Before(int place) =>
        place >= 2 && char.IsLowSurrogate(_text[place - 1]) ? place - 2 : Math.Max(place - 1, 0);

    private int After(int place) =>
        place + 1 < _text.Length && char.IsHighSurrogate(_text[place]) ? place + 2 : Math.Min(place + 1, _text.Length);

    private int WordBefore()
    {
        var place = Cursor;
        while (place > 0 && char.IsWhiteSpace(_text[place - 1]))
        {
            place--;
        }

        while (place > 0 && !char.IsWhiteSpace(_text[place - 1]))
        {
            place--;
        }

        return place;
    }

    private int WordAfter()
    {
        var place = Cursor;
        while (place < _text.Length && char.IsWhiteSpace(_text[place]))
        {
            place++;
        }

        while (place < _text.Length && !char.IsWhiteSpace(_text[place]))
        {
            place++;
        }

        return place;
    }
}
