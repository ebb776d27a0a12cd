using System.CommandLine;
using Switchboard.Cli.Conversations;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Options;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary><c>switchboard connect</c>: standard input to a peer, the peer to standard output.</summary>
internal sealed class ConnectCommand : Verb
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly Argument<Endpoint?> _endpoint = TextOption.Positional(
        "ENDPOINT", "Where to: host:port, :port, unix:/path, udp://host:port, pipe:name, shm:name, exec:program",
        ArgumentArity.ExactlyOne,
        EndpointText.ToConnectTo);

    private readonly Option<TimeSpan?> _timeout = TextOption.Create<TimeSpan?>(
        "--timeout", "TIME", "How long connecting may take (default 5s)", text => TimeText.ParseWait(text));

    private readonly Option<int?> _retry = TextOption.Create<int?>(
        "--retry", "N", "Try again so often when connecting fails, ever more slowly", text => CountText.Parse(text));

    private readonly ConnectTlsOptions _tls = new(OptionNames.Plain);

    private readonly ConversationOptions _conversation = new();

    public ConnectCommand()
        : base(
            "connect",
            "Talk with a peer: standard input goes to it, what it sends goes to standard output",
            new("switchboard connect example.com:80", "type to it; Ctrl-D finishes sending"),
            new("switchboard connect tls://example.com:443 --alpn h2", "with TLS; the server has to prove its name"),
            new(@"switchboard connect :7340 --send 'hello\n'", "send one line, print the reply"),
            new("switchboard connect :7340 --framing length:4 --hex", "lines become frames; show every byte"))
    {
        Arguments.Add(_endpoint);
        foreach (var option in _conversation.All.Concat([_timeout, _retry, .. _tls.All]))
        {
            Options.Add(option);
        }
    }

    public override IEnumerable<JoinedRow> Joined => [_conversation.Joined, .. _tls.Joined];

    public override IReadOnlyList<string> Notes =>
    [
        "The end of the input finishes sending; the reply is waited for, for as long as it takes (see --idle).",
        "A peer that finishes first is still sent to, until the input ends or the peer refuses.",
        "To udp:// each line is one datagram; it ends when the input has ended and nothing came for 1 s, or --idle.",
        "On a terminal, control characters of the peer are shown and not obeyed.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var endpoint = invocation.Get(_endpoint)!;
        var tls = _tls.Read(invocation.Parsed, endpoint, invocation.Surroundings);
        if (endpoint is UdpEndpoint peer)
        {
            return await TalkInDatagramsAsync(peer, invocation);
        }

        var plan = _conversation.Plan(invocation.Parsed, invocation.Surroundings, invocation.Log);
        var time = invocation.Surroundings.Time;
        var options = new ConnectOptions
        {
            Tls = tls,
            Engine = _conversation.ChooseEngine(invocation.Parsed, invocation.Surroundings),
            Timeout = invocation.Get(_timeout) ?? DefaultTimeout,
            Connection = ConversationOptions.ConnectionOptionsFor(time),
        };
        _conversation.Warn(invocation.Parsed, invocation.Surroundings, invocation.Log);
        if (_tls.WarningFor(invocation.Parsed, endpoint) is { } warning)
        {
            invocation.Log.Write(warning);
        }

        var dialer = new Dialer(options, invocation.Get(_retry) ?? 0, time);
        return await plan.TalkAsync(await ConnectAsync(dialer, endpoint, plan, invocation));
    }

    private static async Task<Connection> ConnectAsync(
        Dialer dialer, Endpoint endpoint, ConversationPlan plan, Invocation invocation)
    {
        try
        {
            return await dialer.ConnectAsync(endpoint, invocation.Log.Write, invocation.Stop);
        }
        catch (ConnectionException error)
        {
            plan.Explainer?.Failed(error);
            throw;
        }
    }

    private Task<int> TalkInDatagramsAsync(UdpEndpoint peer, Invocation invocation)
    {
        if (invocation.Get(_retry) is not null)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, "--retry is for connections.", "Datagrams are sent whether anybody is there or not.",
                "Leave --retry out."));
        }

        return new DatagramVerbs(_conversation, invocation.Parsed, invocation.Surroundings, invocation.Log)
            .ConnectAsync(peer, invocation.Get(_timeout) ?? DefaultTimeout);
    }
}
