using System.CommandLine;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Options;
using Switchboard.Cli.Tls;

namespace Switchboard.Cli.Serving;

/// <summary>The options that shape a server, on the command line.</summary>
internal sealed class PlanOptions
{
    private static readonly ServerLimits Default = new();

    private readonly FramingOption _framing = new();

    private readonly Option<int?> _maxConnections = TextOption.Create<int?>(
        "--max-connections", "N", $"Open at once; more peers wait (default {Default.MaxConnections})",
        text => CountText.Parse(text));

    private readonly Option<int?> _maxPerAddress = TextOption.Create<int?>(
        "--max-per-address", "N", $"Of one remote address; more are reset (default {Default.MaxConnectionsPerAddress})",
        text => CountText.Parse(text));

    private readonly Option<TimeSpan?> _idle = TextOption.Create<TimeSpan?>(
        "--idle", "TIME", $"How long a peer may be silent (default {TimeText.Show(Default.IdleTimeout)})",
        text => TimeText.ParseWait(text));

    private readonly Option<TimeSpan?> _drain = TextOption.Create<TimeSpan?>(
        "--drain", "TIME",
        $"How long the first Ctrl-C waits (default {TimeText.Show(new ServerOptions().DrainTimeout)})",
        text => TimeText.Parse(text));

    private readonly Option<ServerLoop?> _loop = LoopOption.Create();

    private readonly ListenTlsOptions _tls = new();

    private readonly Option<string?> _engine = EngineOption.Create();

    /// <summary>In the order of the help.</summary>
    public IEnumerable<Option> All =>
        [.. _framing.All, _maxConnections, _maxPerAddress, _idle, _drain, _loop, .. _tls.All, _engine];

    /// <summary>Those of web servers, which know neither frames nor protocols other than their own.</summary>
    public IEnumerable<Option> OfWebServers =>
        [_maxConnections, _maxPerAddress, _idle, _drain, .. _tls.WithoutProtocols, _engine];

    public IEnumerable<JoinedRow> Joined =>
    [
        _framing.Joined,
        new(
            "Open at once; of one address "
            + $"(default {Default.MaxConnections}, {Default.MaxConnectionsPerAddress})",
            _maxConnections, _maxPerAddress),
        .. _tls.Joined,
    ];

    /// <exception cref="FailureException">The options do not fit each other, or the service.</exception>
    public ServingPlan Read(ParseResult parsed, BuiltIn service, Endpoint listen) =>
        ReadAll(parsed, service, [listen])[0];

    /// <summary>A plan for each endpoint of one service. The certificate is for those that speak TLS.</summary>
    /// <exception cref="FailureException">The options do not fit each other, or the service.</exception>
    public IReadOnlyList<ServingPlan> ReadAll(ParseResult parsed, BuiltIn service, IReadOnlyList<Endpoint> endpoints) =>
        [.. endpoints.Select(each => Read(parsed, service, each, endpoints))];

    private ServingPlan Read(ParseResult parsed, BuiltIn service, Endpoint listen, IReadOnlyList<Endpoint> all)
    {
        var plan = new ServingPlan(service, listen)
        {
            Framing = _framing.Read(parsed),
            Engine = parsed.GetValue(_engine),
            Loop = parsed.GetValue(_loop) ?? ServerLoop.Async,
            Tls = _tls.Read(parsed, listen, all),
            Limits = new ServerLimits
            {
                MaxConnections = parsed.GetValue(_maxConnections) ?? Default.MaxConnections,
                MaxConnectionsPerAddress = parsed.GetValue(_maxPerAddress) ?? Default.MaxConnectionsPerAddress,
                IdleTimeout = parsed.GetValue(_idle) ?? Default.IdleTimeout,
            },
        };
        RefuseUselessFraming(plan);
        return parsed.GetValue(_drain) is { } drain ? plan with { Drain = drain } : plan;
    }

    private static void RefuseUselessFraming(ServingPlan plan)
    {
        if (plan.Framing is not null && plan.Service.Framed == FramingUse.None)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage,
                $"{plan.Service.Name} knows no frames.",
                Next: $"Leave --framing out, or serve one of {BuiltIns.FramedNames}."));
        }
    }
}
