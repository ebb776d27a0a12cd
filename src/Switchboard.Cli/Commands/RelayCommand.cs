using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;

namespace Switchboard.Cli.Commands;

/// <summary><c>relay</c>: whoever connects here is connected there.</summary>
internal sealed class RelayCommand : Verb
{
    private static readonly RelayOptions Default = new();

    private readonly Argument<Endpoint?> _from = TextOption.Positional(
        "FROM", "Where to listen: :port for this machine only, unix:/path; - for this terminal or pipe",
        ArgumentArity.ExactlyOne, EndpointText.ToRelay);

    private readonly Argument<Endpoint?> _to = TextOption.Positional(
        "TO", "Where to connect each of them to: host:port, unix:/path, exec:program", ArgumentArity.ExactlyOne,
        EndpointText.ToRelay);

    private readonly Option<int?> _maxConnections = TextOption.Create<int?>(
        "--max-connections", "N", $"Open at once; more peers wait (default {new ServerLimits().MaxConnections})",
        text => CountText.Parse(text));

    private readonly Option<TimeSpan?> _timeout = TextOption.Create<TimeSpan?>(
        "--timeout", "TIME", $"How long connecting may take (default {TimeText.Show(Default.Connect.Timeout)})",
        text => TimeText.ParseWait(text));

    private readonly Option<TimeSpan?> _idle = TextOption.Create<TimeSpan?>(
        "--idle", "TIME", $"How long nothing may pass, either way (default {TimeText.Show(Default.IdleTimeout)})",
        text => TimeText.ParseWait(text));

    private readonly Option<TimeSpan?> _drain = TextOption.Create<TimeSpan?>(
        "--drain", "TIME",
        $"How long the first Ctrl-C waits (default {TimeText.Show(new ServerOptions().DrainTimeout)})",
        text => TimeText.Parse(text));

    private readonly Option<string?> _engine = EngineOption.Create();

    public RelayCommand()
        : base(
            "relay",
            "Connect whoever connects here with somebody else, until Ctrl-C",
            new Example("switchboard relay :8080 example.com:80", "a door on this machine to another one"),
            new Example("switchboard relay :7340 unix:/run/app.sock", "reach a unix socket by TCP"),
            new Example("switchboard relay - :7340", "standard input and output, as connect without its comforts"))
    {
        Arguments.Add(_from);
        Arguments.Add(_to);
        foreach (var option in (Option[])[_maxConnections, _timeout, _idle, _drain, _engine])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Notes =>
    [
        "The end of either direction is passed on by itself, a reset as a reset, and the speed of the slower side.",
        "The first Ctrl-C or SIGTERM finishes what is under way, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var (from, to) = (invocation.Get(_from)!, invocation.Get(_to)!);
        RefuseDatagrams(from);
        RefuseDatagrams(to);
        var engine = invocation.Surroundings.Engines.Choose(invocation.Get(_engine));
        var options = new RelayOptions
        {
            Connect = new ConnectOptions
            {
                Engine = engine,
                Timeout = invocation.Get(_timeout) ?? Default.Connect.Timeout,
                Connection = new ConnectionOptions { TimeProvider = invocation.Surroundings.Time },
            },
            IdleTimeout = invocation.Get(_idle) ?? Default.IdleTimeout,
        };
        if (from is StandardEndpoint or ExecEndpoint)
        {
            return await JoinOneAsync(from, to, options, invocation);
        }

        var service = new BuiltIn("relay", Port: 0, $"Connects with {to}", FramingUse.None, _ => Relay.To(to, options))
        {
            TryIt = at => $"nc {at}",
        };
        await using var servers = await ServerGroup.StartAsync(
            [PlanFor(service, from, invocation)], invocation.Surroundings, invocation.Log);
        servers.Announce();
        return await servers.RunUntilStoppedAsync();
    }

    private static void RefuseDatagrams(Endpoint endpoint)
    {
        if (endpoint is UdpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{endpoint} takes datagrams, and relays join connections only.",
                Next: "Name a stream at both ends: tcp://, tls://, unix:, pipe:, shm:, exec: or -."));
        }
    }

    private ServingPlan PlanFor(BuiltIn service, Endpoint from, Invocation invocation)
    {
        var plan = new ServingPlan(service, from)
        {
            Engine = invocation.Get(_engine),
            Limits = new ServerLimits
            {
                MaxConnections = invocation.Get(_maxConnections) ?? new ServerLimits().MaxConnections,
                IdleTimeout = Timeout.InfiniteTimeSpan,
            },
        };
        return invocation.Get(_drain) is { } drain ? plan with { Drain = drain } : plan;
    }

    private static async Task<int> JoinOneAsync(
        Endpoint from, Endpoint to, RelayOptions options, Invocation invocation)
    {
        // The other end first: if it cannot be reached, nothing has been read from this one.
        await using var onward = await Connection.ConnectAsync(to, options.Connect, invocation.Stop);
        await using var connection = await Connection.ConnectAsync(from, options.Connect, invocation.Stop);
        await using var stop = invocation.Stop.UnsafeRegister(_ => onward.Abort(), state: null);
        await Relay.JoinAsync(connection, onward, options);
        return ExitCode.Done;
    }
}
