using System.Text;

namespace Switchboard.Cli.Completions;

/// <summary>Completion for zsh, with descriptions; works sourced, and as a file in fpath.</summary>
internal static class ZshScript
{
    private const string Nothing = "*: : ";

    public static string Compose(Outline outline)
    {
        var (command, script) = (outline.Command, new StringBuilder());
        script.Append($$"""
            #compdef {{command}}
            # zsh completion for {{command}}: source <({{command}} completions zsh)
            _{{command}}() {
                local -a verbs=(

            """);
        foreach (var verb in outline.Verbs)
        {
            script.Append($"        {Quote($"{verb.Name}:{verb.Description}")}\n");
        }

        script.Append($$"""
                )
                if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
                    _describe 'verb' verbs
                    return
                fi
                local verb="$words[2]"
                shift words
                (( CURRENT-- ))
                case "$verb" in

            """);
        foreach (var verb in outline.Verbs)
        {
            AppendCase(script, verb.Name, verb.Options, PositionalOf(verb));
        }

        AppendCase(script, "*", outline.Options, Nothing);
        script.Append($$"""
                esac
            }
            if [[ "$funcstack[1]" == "_{{command}}" ]]; then
                _{{command}} "$@"
            else
                compdef _{{command}} {{command}}
            fi

            """);
        return script.ToString();
    }

    private static void AppendCase(
        StringBuilder script, string pattern, IEnumerable<OutlineOption> options, string positional)
    {
        script.Append($"        {pattern})\n            _arguments");
        foreach (var option in options)
        {
            foreach (var name in option.Names)
            {
                script.Append($" \\\n                {Quote($"{name}[{Escape(option.Description)}]{Value(option)}")}");
            }
        }

        script.Append($" \\\n                {Quote(positional)}\n            ;;\n");
    }

    private static string PositionalOf(OutlineVerb verb) =>
        verb.TakesFiles ? "*:file:_files"
        : verb.Values.Count > 0 ? $"1: :({string.Join(' ', verb.Values)})"
        : Nothing;

    private static string Value(OutlineOption option) => option switch
    {
        { TakesValue: false } => "",
        { TakesFile: true } => $":{option.Hint}:_files",
        { Values.Count: > 0 } => $":{Escape(option.Hint!)}:({string.Join(' ', option.Values.Select(Escape))})",
        _ => $":{Escape(option.Hint!)}: ",
    };

    private static string Escape(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace(":", @"\:", StringComparison.Ordinal)
        .Replace("[", @"\[", StringComparison.Ordinal)
        .Replace("]", @"\]", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
