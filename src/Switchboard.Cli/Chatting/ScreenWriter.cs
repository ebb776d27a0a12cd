using System.Globalization;
using System.Text;

namespace Switchboard.Cli.Chatting;

/// <summary>Draws pictures on a terminal: only the rows that differ from the last one.</summary>
internal sealed class ScreenWriter(Stream output)
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";

    private IReadOnlyList<string> _shown = [];

    /// <summary>Another screen, the cursor as a line, and pastes that can be told from typing.</summary>
    public void Enter() => Write("\e[?1049h\e[2J\e[?2004h");

    /// <summary>As it was before, if the terminal is still there.</summary>
    public void Leave()
    {
        try
        {
            Write($"\e[?2004l\e[0m\e[?1049l{ShowCursor}");
        }
        catch (IOException)
        {
            // Whoever closed the terminal sees nothing of it any more.
        }
    }

    /// <summary>Something else was drawn meanwhile, or the screen has another size.</summary>
    public void Forget() => _shown = [];

    public void Draw(IReadOnlyList<string> rows, int cursorColumn)
    {
        var text = new StringBuilder(HideCursor);
        if (_shown.Count != rows.Count)
        {
            text.Append("\e[2J");
            _shown = [.. Enumerable.Repeat("", rows.Count)];
        }

        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row] != _shown[row])
            {
                text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};1H\e[2K{rows[row]}");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"\e[{rows.Count};{cursorColumn + 1}H{ShowCursor}");
        _shown = rows;
        Write(text.ToString());
    }

    private void Write(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }
}
