namespace Switchboard.Bench.Load.Reporting;

/// <summary>A table in markdown: the first column is words, the others are numbers.</summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] row) => _rows.Add(row);

    public IEnumerable<string> Lines()
    {
        var widths = columns.Select((_, at) => _rows.Append(columns).Max(row => row[at].Length)).ToArray();
        yield return Line(columns, widths);
        yield return $"|{string.Join("|", widths.Select((width, at) => Rule(width, at)))}|";
        foreach (var row in _rows)
        {
            yield return Line(row, widths);
        }
    }

    private static string Line(string[] row, int[] widths) =>
        $"| {string.Join(" | ", row.Select((text, at) => Cell(text, widths[at], at)))} |";

    private static string Cell(string text, int width, int at) => at == 0 ? text.PadRight(width) : text.PadLeft(width);

    private static string Rule(int width, int at) => new string('-', width + 1) + (at == 0 ? "-" : ":");
}
