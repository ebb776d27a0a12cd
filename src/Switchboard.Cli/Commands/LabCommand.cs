using System.CommandLine;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Learning;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard lab</c>: lessons in which every step is a call on a real socket.</summary>
internal sealed class LabCommand : Verb
{
    private readonly Argument<Lesson?> _lesson = TextOption.Positional(
        "LESSON", "Which one first: its name or its number (default the first)", ArgumentArity.ZeroOrOne,
        LessonText.Parse);

    private readonly Option<bool> _list = TextOption.Flag("--list", "List the lessons");

    private readonly Option<bool> _play = TextOption.Flag("--play", "Play the lesson here, without a browser");

    private readonly Option<bool> _open = TextOption.Flag("--open", "Show it in a browser at once");

    private readonly Option<Endpoint?> _at = TextOption.Create<Endpoint?>(
        "--at", "ENDPOINT", $"Where browsers find it (default :{BuiltIns.Board.Port}, or a free port)",
        EndpointText.ToListenAt);

    private readonly Option<string?> _engine = EngineOption.Create();

    public LabCommand()
        : base(
            "lab",
            "Learn sockets: lessons in a browser, where every step is one real call",
            new Example("switchboard lab", "print the address to open, and go on until Ctrl-C"),
            new Example("switchboard lab stream", "the lesson in which two sends become one receive"),
            new Example("switchboard lab --list", "all lessons"),
            new Example("switchboard lab hello --play", "one of them in this terminal"))
    {
        Arguments.Add(_lesson);
        foreach (var option in new Option[] { _list, _play, _open, _at, _engine })
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "The calls are made on real sockets of this machine's loopback, and closed when the page is. Linux only.",
        "With --play it exits with 0 when the lesson found everything that it promises, and with 1 when it did not.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        if (invocation.Get(_list))
        {
            await LessonListing.WriteAsync(invocation.Log, invocation.Payload, invocation.OutputPalette);
            return ExitCode.Done;
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new FailureException(new Failure(
                ExitCode.Failed, "The lab is not available on this system.", "It makes the calls of the Linux kernel.",
                "Run it in a container or a virtual machine with Linux."));
        }

        var lesson = invocation.Get(_lesson);
        return invocation.Get(_play)
            ? await new LessonPlay(lesson ?? LessonFiles.All[0], invocation.Log, invocation.Surroundings.Time)
                .RunAsync(invocation.Stop)
            : await ShowAsync(lesson, invocation);
    }

    private async Task<int> ShowAsync(Lesson? lesson, Invocation invocation)
    {
        var plan = new ServingPlan(BuiltIns.Board, new TcpEndpoint("localhost", BuiltIns.Board.Port))
        {
            Engine = invocation.Get(_engine),
        };
        await using var board = await StartAsync(plan, invocation.Get(_at), invocation);
        var url = lesson is null
            ? board.Server.UrlOf("/lab/")
            : new UriBuilder(board.Server.UrlOf("/lab/")!) { Fragment = lesson.Name }.Uri;
        invocation.Log.Write(
            new ListeningEvent("lab", board.Server.Local, board.Engine.Name) { Url = url?.AbsoluteUri });
        if (invocation.Get(_open) && url is not null)
        {
            Browser.Open(url, invocation.Log);
        }

        await UntilStopped.WaitAsync(invocation.Surroundings, invocation.Log);
        return ExitCode.Done;
    }

    private static async Task<RunningBoard> StartAsync(ServingPlan plan, Endpoint? asked, Invocation invocation)
    {
        try
        {
            return await StartAtAsync(asked ?? plan.Listen);
        }
        catch (BindException error) when (error.Failure == BindFailure.InUse && asked is null)
        {
            // Another board is there already: a lab at another port is as good.
            return await StartAtAsync(new TcpEndpoint("localhost", 0));
        }

        Task<RunningBoard> StartAtAsync(Endpoint listen) =>
            RunningBoard.StartAsync(plan with { Listen = listen }, static _ => null, invocation.Surroundings);
    }
}
