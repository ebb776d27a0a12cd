using System.Text;

namespace Switchboard.Cli.Completions;

/// <summary>Completion for bash 4 and later. Bash has no place for descriptions.</summary>
internal static class BashScript
{
    private const string Files = "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\")); return";

    public static string Compose(Outline outline)
    {
        var script = new StringBuilder();
        script.Append($$"""
            # bash completion for {{outline.Command}}: eval "$({{outline.Command}} completions bash)"
            _{{outline.Command}}() {
                local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" verb="" words="" i
                COMPREPLY=()
                for ((i = 1; i < COMP_CWORD; i++)); do
                    case "${COMP_WORDS[i]}" in
                        {{string.Join('|', outline.Verbs.Select(verb => verb.Name))}}) verb="${COMP_WORDS[i]}"; break ;;
                    esac
                done
                case "$verb:$previous" in

            """);
        foreach (var verb in outline.Verbs)
        {
            AppendValues(script, verb);
        }

        AppendWords(script, outline);
        script.Append($$"""
                esac
                COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -F _{{outline.Command}} {{outline.Command}}

            """);
        return script.ToString();
    }

    private static void AppendValues(StringBuilder script, OutlineVerb verb)
    {
        foreach (var option in verb.Options.Where(option => option.TakesValue))
        {
            var pattern = string.Join('|', option.Names.Select(name => $"{verb.Name}:{name}"));
            var answer = option switch
            {
                { TakesFile: true } => Files,
                { Values.Count: > 0 } => $"words=\"{string.Join(' ', option.Values)}\"",
                _ => "return",
            };
            script.Append($"        {pattern}) {answer} ;;\n");
        }
    }

    private static void AppendWords(StringBuilder script, Outline outline)
    {
        var first = outline.Verbs.Select(verb => verb.Name).Concat(outline.OptionNames);
        script.Append($"        :*) words=\"{string.Join(' ', first)}\" ;;\n");
        foreach (var verb in outline.Verbs)
        {
            var words = string.Join(' ', verb.Values.Concat(verb.OptionNames));
            var files = verb.TakesFiles ? $" [[ $current != -* ]] && {{ {Files}; }}" : "";
            script.Append($"        {verb.Name}:*) words=\"{words}\";{files} ;;\n");
        }
    }
}
