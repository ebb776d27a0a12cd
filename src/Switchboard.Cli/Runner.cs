using System.Reflection;
using System.Text;
using Switchboard.Cli.Commands;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli;

/// <summary>
/// Runs one command line. The parser only parses: help, mistakes, exceptions and signals are all answered here, so
/// that none of them ever shows a stack trace or ends with an exit code by chance.
/// </summary>
internal static class Runner
{
    /// <returns>The exit code. Nothing is thrown.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings)
    {
        var tree = new CommandTree();
        var parsed = tree.Parse(arguments);
        var color = parsed.Errors.Count == 0 ? parsed.GetValue(tree.Global.Color) : ColorChoice.Auto;
        var format = parsed.GetValue(tree.Global.Json) ? EventFormat.Json : EventFormat.Text;
        using var log = new EventLog(surroundings, format, PaletteFor(Terminals.Error));
        try
        {
            var invocation = new Invocation(parsed, surroundings, log, PaletteFor(Terminals.Output));
            return await AnswerAsync(tree, invocation);
        }
#pragma warning disable CA1031 // The last catch of the program: whatever arrives here becomes words and an exit code.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Report(error, surroundings, log);
        }

        Palette PaletteFor(Terminals stream) =>
            Palette.For(color, surroundings.Terminals.HasFlag(stream), surroundings.Variable);
    }

    private static async Task<int> AnswerAsync(CommandTree tree, Invocation invocation)
    {
        var parsed = invocation.Parsed;
        if (parsed.GetValue(tree.Global.Help))
        {
            return Print(invocation, parsed.CommandResult.Command is Verb asked
                ? HelpPage.Of(asked, tree.Global, invocation.OutputPalette)
                : HelpPage.Of(tree, invocation.OutputPalette));
        }

        if (parsed.GetValue(tree.Version))
        {
            return Print(invocation, $"switchboard {VersionText()}\n");
        }

        if (UsageMistakes.Find(parsed) is { } mistake)
        {
            throw new FailureException(mistake);
        }

        if (parsed.CommandResult.Command is Verb verb)
        {
            return await verb.RunAsync(invocation);
        }

        invocation.Log.Say(HelpPage.Short(tree, invocation.Log.Palette).TrimEnd());
        return ExitCode.Usage;
    }

    private static int Print(Invocation invocation, string text)
    {
        invocation.Payload.Write(Encoding.UTF8.GetBytes(text));
        invocation.Payload.Flush();
        return ExitCode.Done;
    }

    private static string VersionText()
    {
        var version = typeof(Runner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        return version?.InformationalVersion.Split('+')[0] ?? "unknown";
    }

    private static int Report(Exception error, Surroundings surroundings, EventLog log)
    {
        if (StandardOutput.IsClosed(error) || (error.InnerException is { } inner && StandardOutput.IsClosed(inner)))
        {
            return ExitCode.OutputClosed;
        }

        if (error is OperationCanceledException && surroundings.Interrupts.Stop.IsCancellationRequested)
        {
            return surroundings.Interrupts.ExitCode;
        }

        if (!string.IsNullOrEmpty(surroundings.Variable("SWITCHBOARD_TRACE")))
        {
            log.Say(SafeText.Lines(error.ToString()));
        }

        var failed = new FailureEvent(FailureTable.Explain(error, surroundings.Holders));
        log.Say(failed.Describe(log.Palette));
        return TellPrograms(failed, log) ? failed.Failure.ExitCode : ExitCode.OutputClosed;
    }

    /// <returns>False when nobody reads any more.</returns>
    private static bool TellPrograms(FailureEvent failed, EventLog log)
    {
        try
        {
            if (log.Format == EventFormat.Json)
            {
                log.WriteJson(failed);
            }

            return true;
        }
        catch (IOException error)
        {
            return !StandardOutput.IsClosed(error);
        }
    }
}
