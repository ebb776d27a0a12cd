using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>Servers that start and stop together.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private readonly List<RunningServer> _servers = [];
    private readonly Surroundings _surroundings;
    private readonly EventLog _log;

    private ServerGroup(Surroundings surroundings, EventLog log)
    {
        _surroundings = surroundings;
        _log = log;
    }

    /// <summary>In the order of the plans.</summary>
    public IReadOnlyList<RunningServer> Servers => _servers;

    /// <summary>Starts all of them, or none.</summary>
    /// <exception cref="BindException">One of the endpoints cannot be had; no server is left running.</exception>
    /// <exception cref="FailureException">An engine cannot be had; no server is left running.</exception>
    public static async Task<ServerGroup> StartAsync(
        IEnumerable<ServingPlan> plans, Surroundings surroundings, EventLog log)
    {
        var group = new ServerGroup(surroundings, log);
        try
        {
            foreach (var plan in plans)
            {
                group._servers.Add(await group.StartAsync(plan));
            }

            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells where each of them listens, and warns.</summary>
    public void Announce()
    {
        foreach (var (plan, server, engine) in _servers)
        {
            _log.Write(new ListeningEvent(plan.Service.Name, server.Local, engine.Name));
        }

        Warn();
    }

    /// <summary>Warns of those that everyone can reach, and of an engine that is not the one that was wanted.</summary>
    public void Warn()
    {
        foreach (var (plan, server, _) in _servers.Where(each => ExposedEvent.IsDue(each.Server.Local)))
        {
            _log.Write(new ExposedEvent(plan.Service.Name, server.Local));
        }

        var fallback = _servers.Select(each => _surroundings.Engines.FallbackOf(each.Plan.Engine))
            .FirstOrDefault(problem => problem is not null);
        if (fallback is not null)
        {
            _log.Write(new EngineFallbackEvent(fallback));
        }
    }

    /// <summary>Serves until a signal comes, drains, and reports the totals.</summary>
    /// <returns>0 when everybody could finish; otherwise the code of the signal.</returns>
    /// <exception cref="IOException">Events cannot be written any more.</exception>
    /// <exception cref="AcceptException">A listener broke; the others were drained.</exception>
    public async Task<int> RunUntilStoppedAsync()
    {
        var ended = await Task.WhenAny(_servers.Select(each => each.Server.Accepting).Append(UntilStopped()));
        var drained = await DrainAsync();
        _log.ThrowIfBroken();
        _log.Write(new EndEvent(AddUp(), drained));
        await ended;
        return drained.Aborted == 0 ? ExitCode.Done : _surroundings.Interrupts.ExitCode;
    }

    /// <summary>Resets whatever is still open.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_servers.Select(each => each.Server.StopAsync(TimeSpan.Zero)));

    private async Task<RunningServer> StartAsync(ServingPlan plan)
    {
        var handler = plan.Service.Start(new HandlerOptions(plan.Framing, _surroundings.Time));
        var engine = _surroundings.Engines.Choose(plan.Engine);
        var listen = new ListenOptions
        {
            Engine = engine,
            Connection = new ConnectionOptions { TimeProvider = _surroundings.Time },
        };
        var options = new ServerOptions
        {
            Limits = plan.Limits,
            Listen = listen,
            DrainTimeout = plan.Drain,
            Observer = new LiveEvents(plan.Service.Name, _log),
        };
        var server = await Server.StartAsync(plan.Listen, handler, options, _surroundings.Interrupts.Stop);
        return new RunningServer(plan, server, engine);
    }

    private async Task UntilStopped()
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(
            _surroundings.Interrupts.Stop, _log.OutputBroken);
        await Task.Delay(Timeout.InfiniteTimeSpan, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<DrainResult> DrainAsync()
    {
        if (!_log.OutputBroken.IsCancellationRequested)
        {
            _log.Write(new StoppingEvent(_servers.Sum(each => each.Server.GetStatistics().Open), LongestDrain()));
        }

        var results = await Task.WhenAll(_servers.Select(each =>
            each.Server.StopAsync(each.Plan.Drain, _surroundings.Interrupts.StopNow)));
        return new DrainResult(
            results.Sum(result => result.Finished),
            results.Sum(result => result.Aborted),
            results.Max(result => result.Elapsed));
    }

    private TimeSpan LongestDrain()
    {
        var drains = _servers.Select(each => each.Plan.Drain).ToList();
        return drains.Contains(Timeout.InfiniteTimeSpan) ? Timeout.InfiniteTimeSpan : drains.Max();
    }

    private ServerStatistics AddUp()
    {
        var all = _servers.Select(each => each.Server.GetStatistics()).ToList();
        return new ServerStatistics(
            all.Sum(each => each.Open),
            all.Sum(each => each.Accepted),
            all.Sum(each => each.Refused),
            all.Sum(each => each.HandlersFailed),
            all.Sum(each => each.BytesReceived),
            all.Sum(each => each.BytesSent));
    }
}
