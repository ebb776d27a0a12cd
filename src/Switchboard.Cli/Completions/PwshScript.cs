using System.Text;

namespace Switchboard.Cli.Completions;

/// <summary>Completion for PowerShell, with descriptions as tooltips.</summary>
internal static class PwshScript
{
    public static string Compose(Outline outline)
    {
        var (command, script) = (outline.Command, new StringBuilder());
        script.Append($$"""
            # PowerShell completion for {{command}}: {{command}} completions pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName {{command}} -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
                $verb = $words | Select-Object -Skip 1 |
                    Where-Object { $_ -cin @({{string.Join(", ", outline.Verbs.Select(verb => Quote(verb.Name)))}}) } |
                    Select-Object -First 1
                if ($verb -ceq $wordToComplete) { $verb = $null }
                $offers = switch -CaseSensitive ("$verb") {

            """);
        foreach (var verb in outline.Verbs)
        {
            AppendCase(script, Quote(verb.Name), verb.Values.Select(value => (value, value)), verb.Options);
        }

        AppendCase(script, "default", outline.Verbs.Select(verb => (verb.Name, verb.Description)), outline.Options);
        script.Append("""
                }
                $offers | Where-Object { $_.Text -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_.Text, $_.Text, 'ParameterValue', $_.Tip)
                }
            }

            """);
        return script.ToString();
    }

    private static void AppendCase(
        StringBuilder script, string pattern, IEnumerable<(string, string)> words, IEnumerable<OutlineOption> options)
    {
        var ofOptions = options.SelectMany(option => option.Names.Select(name => (name, option.Description)));
        script.Append($"        {pattern} {{\n");
        foreach (var (text, tip) in words.Concat(ofOptions))
        {
            script.Append($"            @{{ Text = {Quote(text)}; Tip = {Quote(tip)} }}\n");
        }

        script.Append("        }\n");
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
