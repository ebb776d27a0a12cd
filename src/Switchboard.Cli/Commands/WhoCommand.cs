using System.CommandLine;
using System.Text;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Holders;
using Switchboard.Cli.Options;
using Switchboard.Cli.Output;
using Switchboard.Cli.Questions;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard who</c>: which process holds a port or a socket's path.</summary>
internal sealed class WhoCommand : Verb
{
    private readonly Argument<HolderQuestion?> _question = TextOption.Positional(
        "ENDPOINT", "What is held: :port at any address, host:port, unix:/path, pipe:name", ArgumentArity.ExactlyOne,
        HolderQuestion.Parse);

    public WhoCommand()
        : base(
            "who",
            "Show which process holds a port or a socket's path, and what it is doing there",
            new("switchboard who :8000", "whatever the address"),
            new("switchboard who unix:/run/app.sock", "a socket in the file system"),
            new("sudo switchboard who :80", "processes of other users as well"))
    {
        Arguments.Add(_question);
    }

    public override IReadOnlyList<string> Notes =>
    [
        "Exits with 0 when somebody holds it and with 1 when nobody does. Linux only.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        if (!HolderSearch.IsAvailable)
        {
            throw new FailureException(new Failure(
                ExitCode.Failed, "who is not available on this system.", "It reads the lists of the Linux kernel.",
                OperatingSystem.IsWindows() ? "Use netstat -ano" : "Use lsof -i"));
        }

        var question = invocation.Get(_question)!;
        var holders = await question.AnswerAsync(invocation.Stop);
        if (invocation.Log.Format == EventFormat.Json)
        {
            TellPrograms(holders, invocation.Log);
        }
        else
        {
            await TellPeopleAsync(question, holders, invocation);
        }

        return holders.Count > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void TellPrograms(IReadOnlyList<Holder> holders, EventLog log)
    {
        foreach (var holder in holders)
        {
            log.Write(new HolderEvent(holder));
        }

        log.Write(new HolderCountEvent(holders.Count));
    }

    private static async Task TellPeopleAsync(
        HolderQuestion question, IReadOnlyList<Holder> holders, Invocation invocation)
    {
        if (holders.Count == 0)
        {
            invocation.Log.Say(SafeText.Line($"Nobody holds {question.Text}."));
            return;
        }

        var table = Table.Compose(
            HolderReport.Titles,
            HolderReport.RowsOf(holders),
            invocation.OutputPalette,
            invocation.Surroundings,
            Terminals.Output);
        await invocation.Payload.WriteAsync(Encoding.UTF8.GetBytes(table + "\n"));
        await invocation.Payload.FlushAsync();
        var sight = Environment.IsPrivilegedProcess ? Sight.Everything : Sight.OwnProcesses;
        foreach (var note in HolderReport.NotesOn(holders, sight))
        {
            invocation.Log.Say(SafeText.Line(note));
        }
    }
}
