using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Serving;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Commands;

/// <summary><c>relay</c>: whoever connects here is connected there.</summary>
internal sealed class RelayCommand : Verb
{
    private const string Service = "relay";

    private static readonly RelayOptions Default = new();

    private readonly Argument<Endpoint?> _from = TextOption.Positional(
        "FROM", "Where to listen: :port for this machine only, unix:/path, udp://host:port; - for this terminal",
        ArgumentArity.ExactlyOne, EndpointText.ToRelay);

    private readonly Argument<Endpoint?> _to = TextOption.Positional(
        "TO", "Where to connect each of them to: host:port, unix:/path, udp://host:port, exec:program",
        ArgumentArity.ExactlyOne, EndpointText.ToRelay);

    private readonly FramingOption _framing = new();

    private readonly Option<int?> _maxConnections = TextOption.Create<int?>(
        "--max-connections", "N",
        $"Open at once; more wait (default {new ServerLimits().MaxConnections}), more of udp:// are dropped "
        + $"(default {Default.MaxPeers})",
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

    private readonly ListenTlsOptions _tls = new();

    private readonly ConnectTlsOptions _toTls = new(OptionNames.Target);

    private readonly Option<string?> _engine = EngineOption.Create();

    public RelayCommand()
        : base(
            Service,
            "Connect whoever connects here with somebody else, until Ctrl-C",
            new Example("switchboard relay :8080 unix:/run/app.sock", "reach a unix socket by TCP"),
            new Example("switchboard relay udp://localhost:9000 :7342 --framing lines", "each datagram becomes a line"),
            new Example("switchboard relay :8443 :8080 --tls --self-signed", "TLS in front of what has none"))
    {
        Arguments.Add(_from);
        Arguments.Add(_to);
        foreach (var option in (IEnumerable<Option>)
            [.. _framing.All, _maxConnections, _timeout, _idle, _drain, .. _tls.All, .. _toTls.All, _engine])
        {
            Options.Add(option);
        }
    }

    public override IEnumerable<JoinedRow> Joined => [_framing.Joined, .. _tls.Joined, .. _toTls.Joined];

    public override IReadOnlyList<string> Notes =>
    [
        "The end of either direction is passed on by itself, a reset as a reset, and the speed of the slower side.",
        "Each address that sends datagrams gets a connection of its own; what cannot be passed on is dropped and told.",
        "The first Ctrl-C or SIGTERM finishes what is under way, with exit code 0; the second resets what is left.",
    ];

    public override async Task<int> RunAsync(Invocation invocation)
    {
        var (from, to) = (invocation.Get(_from)!, invocation.Get(_to)!);
        var options = ReadOptions(from, to, invocation);
        if (from is StandardEndpoint or ExecEndpoint)
        {
            RefuseTls(from, invocation);
            Warn(to, invocation);
            return await JoinOneAsync(from, to, options, invocation);
        }

        var tls = _tls.Read(invocation.Parsed, from);
        Warn(to, invocation);
        if (from is UdpEndpoint udp)
        {
            return await new DatagramRelayRun(Service, invocation.Surroundings, invocation.Log)
                .RunAsync(udp, to, options, invocation.Get(_engine));
        }

        var service = new BuiltIn(Service, Port: 0, $"Connects with {to}", FramingUse.None, _ => Relay.To(to, options))
        {
            TryIt = at => $"nc {at}",
        };
        var plan = PlanFor(service, from, invocation) with
        {
            Tls = tls,
            Relaying = to is UdpEndpoint ? options.Observer as RelayEvents : null,
        };
        await using var servers = await ServerGroup.StartAsync([plan], invocation.Surroundings, invocation.Log);
        servers.Announce();
        return await servers.RunUntilStoppedAsync();
    }

    private RelayOptions ReadOptions(Endpoint from, Endpoint to, Invocation invocation)
    {
        var framing = _framing.Read(invocation.Parsed);
        RelayFraming.ThrowIfUnfit(framing, from, to);
        var engine = invocation.Surroundings.Engines.Choose(invocation.Get(_engine));
        var time = invocation.Surroundings.Time;
        var timeout = invocation.Get(_timeout) ?? Default.Connect.Timeout;
        return new RelayOptions
        {
            Connect = new ConnectOptions
            {
                Engine = engine,
                Timeout = timeout,
                Tls = _toTls.Read(invocation.Parsed, to, invocation.Surroundings),
                Connection = new ConnectionOptions { TimeProvider = time },
            },
            Datagrams = new DatagramOptions { Engine = engine, Timeout = timeout, TimeProvider = time },
            IdleTimeout = invocation.Get(_idle) ?? Default.IdleTimeout,
            Framing = framing,
            MaxPeers = invocation.Get(_maxConnections) ?? Default.MaxPeers,
            DrainTimeout = invocation.Get(_drain) ?? Default.DrainTimeout,
            Observer = new RelayEvents(Service, invocation.Log, time),
        };
    }

    private void RefuseTls(Endpoint from, Invocation invocation)
    {
        if (TlsUse.FirstGiven(invocation.Parsed, _tls.All) is { } useless)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{useless.Name} is for those who connect, and nobody connects to {from}.",
                Next: "Leave it out; what begins with --to- is for TO."));
        }
    }

    private void Warn(Endpoint to, Invocation invocation)
    {
        if (_toTls.WarningFor(invocation.Parsed, to) is { } warning)
        {
            invocation.Log.Write(warning);
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
        if (to is UdpEndpoint)
        {
            await using var socket = await DatagramSocket.ConnectAsync(to, options.Datagrams, invocation.Stop);
            await using var stream = await Connection.ConnectAsync(from, options.Connect, invocation.Stop);
            await using var end = invocation.Stop.UnsafeRegister(_ => stream.Abort(), state: null);
            await Relay.JoinAsync(stream, socket, options);
            return ExitCode.Done;
        }

        // The other end first: if it cannot be reached, nothing has been read from this one.
        await using var onward = await Connection.ConnectAsync(to, options.Connect, invocation.Stop);
        await using var connection = await Connection.ConnectAsync(
            from, options.Connect with { Tls = null }, invocation.Stop);
        await using var stop = invocation.Stop.UnsafeRegister(_ => onward.Abort(), state: null);
        await Relay.JoinAsync(connection, onward, options);
        return ExitCode.Done;
    }
}
