using System.Diagnostics;
using Switchboard.Cli.Commands;

namespace Switchboard.Cli.Tests.Completions;

public sealed class CompletionScriptTests
{
    public static TheoryData<string> Shells => ["bash", "zsh", "fish", "pwsh"];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Every_verb_and_every_option_is_offered(string shell)
    {
        var script = await ScriptFor(shell);

        foreach (var verb in new CommandTree().Verbs)
        {
            Assert.Contains(verb.Name, script, StringComparison.Ordinal);
            Assert.All(verb.Options, option => Assert.Contains(
                shell == "fish" ? $"-l {option.Name[2..]}" : option.Name, script, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("zsh", "'serve:Run one built-in service until Ctrl-C'")]
    [InlineData("zsh", "'--idle[How long a peer may be silent (default 2m)]:TIME: '")]
    [InlineData("zsh", "'--config[What to run (default\\: ./switchboard.json, if it is there)]:FILE:_files'")]
    [InlineData("fish", "_from serve' -l idle -x -d 'How long a peer may be silent (default 2m)'")]
    [InlineData("fish", "-l config -r -F -d ")]
    [InlineData("fish", "-l color -x -a 'always auto never' -d ")]
    [InlineData("pwsh", "@{ Text = '--idle'; Tip = 'How long a peer may be silent (default 2m)' }")]
    public async Task Descriptions_and_values_are_there_where_the_shell_has_them(string shell, string line)
    {
        Assert.Contains(line, await ScriptFor(shell), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("switchboard serv", "serve")]
    [InlineData("switchboard serve re", "reverse")]
    [InlineData("switchboard send /dev/nul", "/dev/null")]
    [InlineData("switchboard send --ti", "--ticket-file --timeout")]
    [InlineData("switchboard serve --fr", "--framing")]
    [InlineData("switchboard serve --framing unt", "until-close")]
    [InlineData("switchboard up --color ", "always auto never")]
    [InlineData("switchboard serve --engine ", "epoll sockets")]
    [InlineData("switchboard connect --en", "--engine")]
    [InlineData("switchboard serve --idle ", "")]
    [InlineData("switchboard completions z", "zsh")]
    public async Task Bash_completes(string typed, string offered)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        var words = typed.Split(' ');
        var script = await ScriptFor("bash") + $$"""

            COMP_WORDS=({{string.Join(' ', words.Select(word => $"'{word}'"))}})
            COMP_CWORD={{words.Length - 1}}
            _switchboard
            printf '%s' "${COMPREPLY[*]}"
            """;

        Assert.Equal(offered, await RunBashAsync(script));
    }

    private static async Task<string> ScriptFor(string shell)
    {
        await using var run = await CommandRun.RunAsync("completions", shell);
        Assert.Equal(0, await run.Exit);
        return run.Output.Text;
    }

    private static async Task<string> RunBashAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["--norc"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return output;
    }
}
