using System.CommandLine;
using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Commands;

/// <summary>Help of one screen. Examples come first: most people copy one and never read on.</summary>
internal static class HelpPage
{
    private const int Indent = 2;
    private const int Gap = 3;
    private const int MaxOptionWidth = 32;

    /// <summary>The page of one verb.</summary>
    public static string Of(Verb verb, GlobalOptions global, Palette palette)
    {
        var page = new StringBuilder($"switchboard {verb.FullName}: {FirstLower(verb.Description)}\n");
        AppendExamples(page, verb.Examples, palette);
        var usage = palette.Paint(Tone.Strong, "Usage:");
        page.Append($"\n{usage} switchboard {verb.FullName}{Positionals(verb)} [options]\n");
        Append(page, palette, "Arguments", [.. Visible(verb.Arguments).Select(Row)]);
        Append(page, palette, "Options", Rows(verb, global), MaxOptionWidth);
        if (verb.Notes.Count > 0)
        {
            page.Append('\n').AppendJoin('\n', verb.Notes).Append('\n');
        }

        var codes = ExitCode.Legend.Replace("\n", "\n  ", StringComparison.Ordinal);
        page.Append($"\nExit codes: {codes}\n");
        return page.ToString();
    }

    /// <summary>The page of the command itself: all verbs.</summary>
    public static string Of(CommandTree tree, Palette palette)
    {
        var page = new StringBuilder(Start(tree, palette));
        Append(page, palette, "Verbs", [.. tree.Verbs.Select(verb => (verb.Name, verb.Description ?? ""))]);
        Append(page, palette, "Options of every verb", [.. tree.Global.All.Select(Row)]);
        page.Append("\nHelp on a verb: switchboard VERB --help\n");
        return page.ToString();
    }

    /// <summary>A few lines for who typed nothing but the command's name.</summary>
    public static string Short(CommandTree tree, Palette palette) =>
        Start(tree, palette) + "\nAll verbs: switchboard --help\n";

    private static string Start(CommandTree tree, Palette palette)
    {
        var start = new StringBuilder($"switchboard: {FirstLower(tree.Root.Description)}\n");
        AppendExamples(start, CommandTree.Examples, palette);
        return start.ToString();
    }

    private static void AppendExamples(StringBuilder page, IReadOnlyList<Example> examples, Palette palette) =>
        Append(page, palette, "Examples", [.. examples.Select(example => (example.CommandLine, example.Does))]);

    private static void Append(
        StringBuilder page, Palette palette, string title, (string Left, string Right)[] rows,
        int maxWidth = int.MaxValue)
    {
        if (rows.Length == 0)
        {
            return;
        }

        page.Append('\n').Append(palette.Paint(Tone.Strong, title + ":")).Append('\n');
        // The few that are longer must not push all the others out of the screen.
        var width = rows.Select(row => row.Left.Length).Where(length => length <= maxWidth).DefaultIfEmpty().Max();
        var gap = new string(' ', Gap);
        foreach (var (left, right) in rows)
        {
            page.Append(' ', Indent).Append((left.PadRight(width) + gap + right).TrimEnd()).Append('\n');
        }
    }

    private static (string Left, string Right)[] Rows(Verb verb, GlobalOptions global)
    {
        var firsts = verb.Joined.ToDictionary(row => row.Options[0]);
        var others = verb.Joined.SelectMany(row => row.Options.Skip(1)).ToHashSet();
        return
        [
            .. verb.Options.Concat(global.All)
                .Where(each => !each.Hidden && !others.Contains(each))
                .Select(each => firsts.TryGetValue(each, out var row) ? Row(row) : Row(each)),
        ];
    }

    private static (string Left, string Right) Row(JoinedRow joined) =>
        (string.Join(", ", joined.Options.Select(each => Row(each).Left)), joined.Description);

    private static (string Left, string Right) Row(Argument argument) =>
        (argument.HelpName ?? argument.Name, argument.Description ?? "");

    private static (string Left, string Right) Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Append(option.Name));
        return (option.HelpName is { } hint ? $"{names} {hint}" : names, option.Description ?? "");
    }

    private static string Positionals(Verb verb) => string.Concat(Visible(verb.Arguments).Select(argument =>
        argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.HelpName}" : $" [{argument.HelpName}]"));

    private static IEnumerable<Argument> Visible(IEnumerable<Argument> arguments) =>
        arguments.Where(argument => !argument.Hidden);

    private static string FirstLower(string? sentence) =>
        string.IsNullOrEmpty(sentence) ? "" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
