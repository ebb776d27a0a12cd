using System.Globalization;
using Spectre.Console;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Output;

/// <summary>Rows and columns: with lines around them on a terminal, aligned plain text for everybody else.</summary>
internal static class Table
{
    private const int Gap = 2;

    /// <param name="titles">One for each column.</param>
    /// <param name="rows">As many cells each as there are titles; made safe here.</param>
    /// <param name="palette">How tones look.</param>
    /// <param name="surroundings">Say which streams are terminals, and how wide.</param>
    /// <param name="stream">Where the table will be shown.</param>
    /// <returns>Lines without a line end behind the last.</returns>
    public static string Compose(
        IReadOnlyList<string> titles,
        IReadOnlyList<IReadOnlyList<string>> rows,
        Palette palette,
        Surroundings surroundings,
        Terminals stream) =>
        surroundings.Terminals.HasFlag(stream)
            ? ForTerminal(titles, rows, palette, surroundings.Columns())
            : Plain(titles, rows);

    private static string Plain(IReadOnlyList<string> titles, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = [[.. titles.Select(title => title.ToUpperInvariant())], .. rows];
        var widths = titles.Select((_, column) => all.Max(row => SafeText.Line(row[column]).Length)).ToList();
        var lines = all.Select(row => string.Concat(
            row.Select((cell, column) => SafeText.Line(cell).PadRight(widths[column] + Gap))).TrimEnd());
        return string.Join('\n', lines);
    }

    private static string ForTerminal(
        IReadOnlyList<string> titles, IReadOnlyList<IReadOnlyList<string>> rows, Palette palette, int columns)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = palette == Palette.Plain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = palette == Palette.Plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = columns;
        console.Write(Fill(titles, rows));
        return text.ToString().TrimEnd();
    }

    private static Spectre.Console.Table Fill(IReadOnlyList<string> titles, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.Rounded };
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(new Text(title, new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(SafeText.Line(cell))));
        }

        return table;
    }
}
