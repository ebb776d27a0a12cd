using System.CommandLine;
using Switchboard.Cli.Conversations;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard listen</c>: the other side of <c>connect</c>.</summary>
internal sealed class ListenCommand : Verb
{
    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", "Where: :port for this machine only, 0.0.0.0:port for all, unix:/path", ArgumentArity.ExactlyOne,
        EndpointText.ToListenAt);

    private readonly Option<bool> _keep = TextOption.Flag(
        "--keep", "Serve everyone who connects, many at once, until Ctrl-C");

    private readonly ConversationOptions _conversation = new();

    public ListenCommand()
        : base(
            "listen",
            "Wait for a peer and talk with it: standard input goes to it, what it sends to standard output",
            new("switchboard listen :7340", "talk with whoever connects first"),
            new("switchboard listen :0 --json", "any free port, told in the first event"),
            new("switchboard listen :7340 --keep --framing lines", "one to many: each line goes to all"))
    {
        Arguments.Add(_endpoint);
        Options.Add(_keep);
        foreach (var option in _conversation.All)
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "It ends when both ends have finished: the peer, and standard input.",
        "With --keep, a peer that makes no room for 5 s while the others wait for it is dropped.",
        "On a terminal, control characters of the peers are shown and not obeyed.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var plan = _conversation.Plan(invocation.Parsed, invocation.Surroundings, invocation.Log);
        var options = new ListenOptions
        {
            Engine = _conversation.ChooseEngine(invocation.Parsed, invocation.Surroundings),
            Connection = ConversationOptions.ConnectionOptionsFor(invocation.Surroundings.Time),
        };
        await using var listener = await Listener.BindAsync(invocation.Get(_endpoint)!, options, invocation.Stop);
        invocation.Log.Write(new AwaitingPeerEvent(listener.Local));
        _conversation.Warn(invocation.Parsed, invocation.Surroundings, invocation.Log);
        if (invocation.Get(_keep))
        {
            return await ServeAllAsync(plan, listener, invocation);
        }

        var connection = await listener.AcceptAsync(invocation.Stop);

        // Whoever comes now is refused at once, and does not wait for somebody who will never answer.
        await listener.DisposeAsync();
        return await plan.TalkAsync(connection);
    }

    private static async Task<int> ServeAllAsync(ConversationPlan plan, Listener listener, Invocation invocation)
    {
        using var transcript = plan.CreateTranscript();
        var line = new OpenLine(plan.FromInput(), transcript, invocation.Surroundings.Time)
        {
            Converse = (connection, pieces) => plan.Converse(
                connection,
                plan.OpenText() is { } text ? plan.FromText(text) : pieces,
                transcript,
                () => ValueTask.CompletedTask),
        };
        await line.RunAsync(listener, invocation.Surroundings.Interrupts);
        return Failures.ExitCode.Done;
    }
}
