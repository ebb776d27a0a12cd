using System.Text;

namespace Switchboard.Cli.Completions;

/// <summary>Completion for fish, with descriptions.</summary>
internal static class FishScript
{
    public static string Compose(Outline outline)
    {
        var command = outline.Command;
        var script = new StringBuilder($"# fish completion for {command}: {command} completions fish | source\n");
        script.Append($"complete -c {command} -f\n");
        foreach (var option in outline.Options)
        {
            AppendOption(script, $"complete -c {command} -n __fish_use_subcommand", option);
        }

        foreach (var verb in outline.Verbs)
        {
            script.Append(
                $"complete -c {command} -n __fish_use_subcommand -a {verb.Name} -d {Quote(verb.Description)}\n");
            AppendVerb(script, $"complete -c {command} -n '__fish_seen_subcommand_from {verb.Name}'", verb);
        }

        return script.ToString();
    }

    private static void AppendVerb(StringBuilder script, string start, OutlineVerb verb)
    {
        if (verb.Values.Count > 0)
        {
            script.Append($"{start} -a {Quote(string.Join(' ', verb.Values))}\n");
        }

        if (verb.TakesFiles)
        {
            script.Append($"{start} -F\n");
        }

        foreach (var option in verb.Options)
        {
            AppendOption(script, start, option);
        }
    }

    private static void AppendOption(StringBuilder script, string start, OutlineOption option)
    {
        var names = string.Join(' ', option.Names.Select(name =>
            name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}"));
        var value = option switch
        {
            { TakesValue: false } => "",
            { TakesFile: true } => " -r -F",
            { Values.Count: > 0 } => $" -x -a {Quote(string.Join(' ', option.Values))}",
            _ => " -x",
        };
        script.Append($"{start} {names}{value} -d {Quote(option.Description)}\n");
    }

    private static string Quote(string text) => "'" + text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("'", @"\'", StringComparison.Ordinal) + "'";
}
