using System.CommandLine;
using Switchboard.Cli.Conversations;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard listen</c>: the other side of <c>connect</c>.</summary>
internal sealed class ListenCommand : Verb
{
    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", "Where: :port for this machine only, 0.0.0.0:port for all, udp://…, unix:/path, pipe:, shm:",
        ArgumentArity.ExactlyOne, EndpointText.ToListenAt);

    private readonly Option<bool> _keep = TextOption.Flag(
        "--keep", "Serve everyone who connects, many at once, until Ctrl-C");

    private readonly Option<ServerProgram?> _exec = ExecOption.Create();

    private readonly Option<ServerLoop?> _loop = LoopOption.Create();

    private readonly ListenTlsOptions _tls = new();

    private readonly ConversationOptions _conversation = new();

    public ListenCommand()
        : base(
            "listen",
            "Wait for a peer and talk with it: standard input goes to it, what it sends to standard output",
            new("switchboard listen :7340", "talk with whoever connects first"),
            new("switchboard listen :0 --json", "any free port, told in the first event"),
            new("switchboard listen :7340 --keep --framing lines", "one to many: each line goes to all"),
            new("switchboard listen :7340 --keep --exec sort -r", "a process for each: what comes, sorted"))
    {
        Arguments.Add(_endpoint);
        Options.Add(_keep);
        foreach (var option in _conversation.All.Concat(_tls.All))
        {
            Options.Add(option);
        }

        Options.Add(_loop);
        Options.Add(_exec);
    }

    public override IEnumerable<JoinedRow> Joined => [_conversation.Joined, .. _tls.Joined];

    public override IReadOnlyList<string> Notes =>
    [
        "It ends when both ends have finished: the peer, and standard input.",
        "With --keep, a peer that makes no room for 5 s while the others wait for it is dropped.",
        "--exec comes last. The program finds its peer in SWITCHBOARD_REMOTE and little else of this environment.",
        "At udp:// everybody is heard until Ctrl-C, and each line goes to whoever was heard last, with --keep to all;",
        "with --send each datagram that comes is answered with that.",
        "On a terminal, control characters of the peers are shown and not obeyed.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var endpoint = invocation.Get(_endpoint)!;
        RefuseLoop(invocation, endpoint);
        var tls = _tls.Read(invocation.Parsed, endpoint);
        if (endpoint is UdpEndpoint local)
        {
            RefuseProgram(invocation);
            return await new DatagramVerbs(
                _conversation, invocation.Parsed, invocation.Surroundings, invocation.Log)
                .ListenAsync(local, invocation.Get(_keep) ? DatagramPeers.MaxPeers : 1);
        }

        var plan = _conversation.Plan(invocation.Parsed, invocation.Surroundings, invocation.Log);
        var options = new ListenOptions
        {
            Tls = tls?.Load(invocation.Surroundings, invocation.Log),
            Engine = _conversation.ChooseEngine(invocation.Parsed, invocation.Surroundings),
            Connection = ConversationOptions.ConnectionOptionsFor(invocation.Surroundings.Time),
        };
        if (invocation.Get(_exec) is { } program)
        {
            return await ServeByProgramAsync(program, endpoint, options, invocation);
        }

        await using var listener = await Listener.BindAsync(endpoint, options, invocation.Stop);
        invocation.Log.Write(new AwaitingPeerEvent(listener.Local));
        plan.Explainer?.Listening();
        _conversation.Warn(invocation.Parsed, invocation.Surroundings, invocation.Log);
        if (invocation.Get(_keep))
        {
            return await ServeAllAsync(plan, listener, invocation);
        }

        var connection = await listener.AcceptAsync(invocation.Stop);

        // Whoever comes now is refused at once, and does not wait for somebody who will never answer.
        await listener.DisposeAsync();
        await Runner(invocation)(() => plan.TalkAsync(connection));
        return ExitCode.Done;
    }

    private Func<Func<Task>, Task> Runner(Invocation invocation) => invocation.Get(_loop) == ServerLoop.Thread
        ? ConversationThread.RunAsync
        : static conversation => conversation();

    private void RefuseLoop(Invocation invocation, Endpoint endpoint)
    {
        if (invocation.Get(_loop) is not { } loop)
        {
            return;
        }

        if (endpoint is UdpEndpoint)
        {
            throw Refusal(
                "--loop is for connections.", "Datagrams of all peers come through one socket.", "Leave --loop out.");
        }

        var runsProgram = invocation.Get(_exec) is not null;
        if (runsProgram && loop != ServerLoop.Process)
        {
            throw Refusal(
                "--loop says that no process serves the peer, and --exec that one does.",
                "A program is a process of its own, for each peer.", "Leave --loop out, or write --loop process.");
        }

        if (!runsProgram && loop == ServerLoop.Process)
        {
            throw Refusal(
                "--loop process needs a program.",
                "Every peer talks with the one who types here, and so all of them with one process.",
                "For a thread for each peer: --loop thread; for a process: --keep --exec PROGRAM");
        }
    }

    private static FailureException Refusal(string what, string why, string next) =>
        new(new Failure(ExitCode.Usage, what, why, next));

    private void RefuseProgram(Invocation invocation)
    {
        if (invocation.Get(_exec) is not null)
        {
            throw Refusal(
                "--exec is for connections.", "A program cannot tell one peer's datagrams from another's.",
                "Leave --exec out, or listen at a port of TCP.");
        }
    }

    private async Task<int> ServeByProgramAsync(
        ServerProgram program, Endpoint endpoint, ListenOptions options, Invocation invocation)
    {
        if (invocation.Get(_keep))
        {
            var service = new BuiltIn(
                program.Path, Port: 0, $"Runs {program}", FramingUse.None, _ => program.ServeAsync) { TryIt = _ => "" };
            await using var servers = await ServerGroup.StartAsync(
                [
                    new ServingPlan(service, endpoint)
                    {
                        Engine = options.Engine!.Name,
                        Tls = _tls.Read(invocation.Parsed, endpoint),
                    },
                ],
                invocation.Surroundings, invocation.Log);
            servers.Announce();
            return await servers.RunUntilStoppedAsync();
        }

        await using var listener = await Listener.BindAsync(endpoint, options, invocation.Stop);
        invocation.Log.Write(new AwaitingPeerEvent(listener.Local));
        await using var connection = await listener.AcceptAsync(invocation.Stop);
        await listener.DisposeAsync();
        invocation.Log.Write(new OpenedEvent(program.Path, connection.Id, connection.Remote));
        await program.ServeAsync(connection, invocation.Stop);
        return ExitCode.Done;
    }

    private async Task<int> ServeAllAsync(ConversationPlan plan, Listener listener, Invocation invocation)
    {
        using var transcript = plan.CreateTranscript();
        var line = new OpenLine(plan.FromInput(), transcript, invocation.Surroundings.Time)
        {
            RunEach = Runner(invocation),
            Converse = (connection, pieces) => plan.Converse(
                connection,
                plan.OpenText() is { } text ? plan.FromText(text) : pieces,
                transcript,
                () => ValueTask.CompletedTask),
        };
        await line.RunAsync(listener, invocation.Surroundings.Interrupts);
        return ExitCode.Done;
    }
}
