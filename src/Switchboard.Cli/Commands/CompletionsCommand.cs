using System.CommandLine;
using System.Text;
using Switchboard.Cli.Completions;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Commands;

/// <summary><c>completions</c>: a script that teaches a shell this command line.</summary>
internal sealed class CompletionsCommand : Verb
{
    private readonly Argument<Func<Outline, string>?> _shell = TextOption.Positional<Func<Outline, string>>(
        "SHELL", "bash, zsh, fish or pwsh", ArgumentArity.ExactlyOne, ScriptFor, "bash", "zsh", "fish", "pwsh");

    public CompletionsCommand()
        : base(
            "completions",
            "Print a script that completes this command in a shell",
            new Example("eval \"$(switchboard completions bash)\"", "in ~/.bashrc"),
            new Example("source <(switchboard completions zsh)", "in ~/.zshrc"),
            new Example("switchboard completions fish | source", "in config.fish"),
            new Example("switchboard completions pwsh | Out-String | Invoke-Expression", "in $PROFILE"))
    {
        Arguments.Add(_shell);
    }

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var outline = Outline.Of("switchboard", invocation.Parsed.RootCommandResult.Command);
        var script = invocation.Get(_shell)!(outline).ReplaceLineEndings("\n");
        await invocation.Payload.WriteAsync(Encoding.UTF8.GetBytes(script), invocation.Stop);
        await invocation.Payload.FlushAsync(invocation.Stop);
        return ExitCode.Done;
    }

    private static Func<Outline, string> ScriptFor(string shell) => OneOf.Parse<Func<Outline, string>>(
        shell,
        ("bash", BashScript.Compose),
        ("zsh", ZshScript.Compose),
        ("fish", FishScript.Compose),
        ("pwsh", PwshScript.Compose));
}
