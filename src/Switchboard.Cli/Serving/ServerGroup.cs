using System.Collections.Concurrent;
using Switchboard.Cli.ChatServing;
using Switchboard.Cli.Failures;
using Switchboard.Cli.Handlers;
using Switchboard.Cli.Output;
using Switchboard.Cli.Running;

namespace Switchboard.Cli.Serving;

/// <summary>Servers that start and stop together.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private readonly List<RunningServer> _servers = [];
    private readonly List<DatagramServer> _datagrams = [];
    private readonly List<RunningFiles> _files = [];
    private readonly List<RunningChat> _chats = [];
    private readonly List<RunningPage> _pages = [];
    private readonly List<RunningBoard> _boards = [];
    private readonly ConcurrentDictionary<Endpoint, string> _names = [];
    private readonly Surroundings _surroundings;
    private readonly EventLog _log;

    private ServerGroup(Surroundings surroundings, EventLog log)
    {
        _surroundings = surroundings;
        _log = log;
    }

    /// <summary>In the order of the plans.</summary>
    public IReadOnlyList<RunningServer> Servers => _servers;

    /// <summary>Those that answer datagrams, in the order of their plans.</summary>
    public IReadOnlyList<DatagramServer> Datagrams => _datagrams;

    /// <summary>Those that show files to browsers, in the order of their plans.</summary>
    public IReadOnlyList<RunningFiles> Files => _files;

    /// <summary>Those that show the others at work.</summary>
    public IReadOnlyList<RunningBoard> Boards => _boards;

    /// <summary>Starts all of them, or none.</summary>
    /// <exception cref="BindException">One of the endpoints cannot be had; no server is left running.</exception>
    /// <exception cref="FailureException">An engine cannot be had; no server is left running.</exception>
    public static async Task<ServerGroup> StartAsync(
        IEnumerable<ServingPlan> plans, Surroundings surroundings, EventLog log)
    {
        var group = new ServerGroup(surroundings, log);
        try
        {
            // Boards first: they show what begins after them.
            foreach (var plan in plans.OrderBy(plan => plan.Service == BuiltIns.Board ? 0 : 1))
            {
                if (plan.Service == BuiltIns.Board)
                {
                    await group.StartBoardAsync(plan);
                }
                else if (plan.Files is not null)
                {
                    await group.StartFilesAsync(plan);
                }
                else if (plan.Chat is not null)
                {
                    await group.StartChatAsync(plan);
                }
                else if (plan.Listen is not UdpEndpoint)
                {
                    group._servers.Add(await group.StartAsync(plan));
                }
                else if (!Server.ServesOneConnection)
                {
                    group._datagrams.Add(await DatagramServer.StartAsync(plan, surroundings, log));
                }
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
            Tell(new ListeningEvent(plan.Service.Name, server.Local, engine.Name));
        }

        foreach (var each in _files)
        {
            Tell(new ListeningEvent(each.Plan.Service.Name, each.Local, each.Engine.Name) { Url = each.Url });
        }

        foreach (var (plan, page, engine) in _pages)
        {
            Tell(new ListeningEvent(plan.Service.Name, page.Web.Local, engine.Name) { Url = page.Web.Url });
        }

        foreach (var each in _datagrams)
        {
            Tell(new ListeningEvent(each.Plan.Service.Name, each.Local, each.Engine.Name));
        }

        foreach (var (plan, board, engine) in _boards)
        {
            Tell(new ListeningEvent(plan.Service.Name, board.Local, engine.Name) { Url = board.Url?.AbsoluteUri });
        }

        Warn();
    }

    /// <summary>Warns of those that everyone can reach, and of an engine that is not the one that was wanted.</summary>
    public void Warn()
    {
        foreach (var (plan, server, _) in _servers.Where(each => ExposedEvent.IsDue(each.Server.Local)))
        {
            Tell(new ExposedEvent(plan.Service.Name, server.Local));
        }

        foreach (var each in _datagrams.Where(each => ExposedEvent.IsDue(each.Local)))
        {
            _log.Write(new ExposedEvent(each.Plan.Service.Name, each.Local));
        }

        foreach (var each in _files.Where(each => ExposedEvent.IsDue(each.Local)))
        {
            _log.Write(new ExposedEvent(each.Plan.Service.Name, each.Local));
        }

        foreach (var (plan, page, _) in _pages.Where(each => ExposedEvent.IsDue(each.Server.Web.Local)))
        {
            _log.Write(new ExposedEvent(plan.Service.Name, page.Web.Local));
        }

        foreach (var (plan, board, _) in _boards.Where(each => ExposedEvent.IsDue(each.Server.Local)))
        {
            _log.Write(new ExposedEvent(plan.Service.Name, board.Local));
        }

        var fallback = _servers.Select(each => each.Plan)
            .Concat(_files.Select(each => each.Plan))
            .Concat(_datagrams.Select(each => each.Plan))
            .Select(plan => _surroundings.Engines.FallbackOf(plan.Engine))
            .FirstOrDefault(problem => problem is not null);
        if (fallback is not null)
        {
            Tell(new EngineFallbackEvent(fallback));
        }
    }

    /// <summary>Serves until a signal comes, drains, and reports the totals.</summary>
    /// <returns>0 when everybody could finish; otherwise the code of the signal.</returns>
    /// <exception cref="IOException">Events cannot be written any more.</exception>
    /// <exception cref="AcceptException">A listener broke; the others were drained.</exception>
    public async Task<int> RunUntilStoppedAsync()
    {
        var ended = await Task.WhenAny(_servers.Select(each => each.Server.Accepting)
            .Concat(_datagrams.Select(each => each.Serving)).Append(UntilStopped.WaitAsync(_surroundings, _log)));
        var drained = await DrainAsync();
        _log.ThrowIfBroken();
        Tell(new EndEvent(AddUp(), drained)
        {
            Datagrams = AddUpDatagrams(),
            Dropped = AddUpDrops(),
            Requests = AddUpRequests(),
        });
        await ended;
        return drained.Aborted == 0 ? ExitCode.Done : _surroundings.Interrupts.ExitCode;
    }

    /// <summary>Resets whatever is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var each in _datagrams)
        {
            await each.DisposeAsync();
        }

        foreach (var each in _files)
        {
            await each.DisposeAsync();
        }

        foreach (var each in _pages)
        {
            await each.Server.DisposeAsync();
        }

        foreach (var each in _boards)
        {
            await each.DisposeAsync();
        }

        await Task.WhenAll(_servers.Select(each => each.Server.StopAsync(TimeSpan.Zero)));
        foreach (var chat in _chats)
        {
            await chat.DisposeAsync();
        }
    }

    private async Task StartBoardAsync(ServingPlan plan)
    {
        if (!Server.ServesOneConnection)
        {
            _boards.Add(await RunningBoard.StartAsync(plan, NameOf, _surroundings));
        }
    }

    // Asked by the board, while servers are still being started.
    private string? NameOf(Endpoint local) => _names.GetValueOrDefault(local);

    private async Task StartFilesAsync(ServingPlan plan)
    {
        if (plan.Listen is UdpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{plan.Listen} takes datagrams, and browsers speak over streams.",
                Next: "Serve files at :PORT or unix:/path."));
        }

        if (!Server.ServesOneConnection)
        {
            var files = await RunningFiles.StartAsync(plan, _surroundings, _log);
            _files.Add(files);
            _names[files.Local] = plan.Service.Name;
        }
    }

    private async Task StartChatAsync(ServingPlan plan)
    {
        if (plan.Listen is UdpEndpoint)
        {
            throw new FailureException(new Failure(
                ExitCode.Usage, $"{plan.Listen} takes datagrams, and people in a chat speak over streams.",
                Next: "Serve the chat at :PORT or unix:/path."));
        }

        if (!Server.ServesOneConnection)
        {
            _servers.Add(await StartAsync(plan));
        }
    }

    private async Task<RunningServer> StartAsync(ServingPlan plan)
    {
        var engine = _surroundings.Engines.Choose(plan.Engine);
        var tls = plan.Tls?.Load(_surroundings, _log);
        var handler = plan.Chat is { } chat
            ? await StartChatAsync(plan, chat, engine, tls)
            : plan.Service.Start(new HandlerOptions(plan.Framing, _surroundings.Time));
        var listen = new ListenOptions
        {
            Engine = engine,
            Tls = tls,
            Connection = new ConnectionOptions { TimeProvider = _surroundings.Time },
        };
        var options = new ServerOptions
        {
            Limits = plan.Limits,
            Listen = listen,
            DrainTimeout = plan.Drain,
            Loop = plan.Loop,
            Observer = Server.ServesOneConnection ? null : new LiveEvents(plan.Service.Name, _log),
        };
        var server = await Server.StartAsync(plan.Listen, handler, options, _surroundings.Interrupts.Stop);
        _names[server.Local] = plan.Service.Name;
        return new RunningServer(plan, server, engine);
    }

    private async Task<ConnectionHandler> StartChatAsync(
        ServingPlan plan, ChatPlan chat, Engine engine, TlsListenOptions? tls)
    {
        // Of one chat, however many endpoints it has.
        if (_chats.Find(each => ReferenceEquals(each.Plan, chat)) is { } same)
        {
            return same.Server.ServeAsync;
        }

        var running = await RunningChat.StartAsync(chat, plan.Limits.IdleTimeout, _surroundings, _log);
        _chats.Add(running);
        if (chat.Web is not null)
        {
            var page = await RunningPage.StartAsync(plan, running, engine, tls, _surroundings, _log);
            _pages.Add(page);
            _names[page.Server.Web.Local] = page.Plan.Service.Name;
        }

        return running.Server.ServeAsync;
    }

    // A process that serves one connection belongs to a server, which tells what there is to tell.
    private void Tell(ConsoleEvent happened)
    {
        if (!Server.ServesOneConnection)
        {
            _log.Write(happened);
        }
    }

    private async Task<DrainResult> DrainAsync()
    {
        if (!_log.OutputBroken.IsCancellationRequested)
        {
            Tell(new StoppingEvent(AddUp().Open, LongestDrain()));
        }

        await Task.WhenAll(_datagrams.Select(each => each.StopAsync(_surroundings.Interrupts.StopNow)));
        var stopNow = _surroundings.Interrupts.StopNow;
        var results = await Task.WhenAll(_servers.Select(each => each.Server.StopAsync(each.Plan.Drain, stopNow))
            .Concat(_files.Select(each => each.StopAsync(stopNow)))
            .Concat(_pages.Select(each => each.Server.StopAsync(each.Plan.Drain, stopNow))));
        return new DrainResult(
            results.Sum(result => result.Finished),
            results.Sum(result => result.Aborted),
            results.Select(result => result.Elapsed).DefaultIfEmpty().Max());
    }

    private TimeSpan LongestDrain()
    {
        var drains = _servers.Select(each => each.Plan.Drain).Concat(_files.Select(each => each.Plan.Drain)).ToList();
        return drains.Contains(Timeout.InfiniteTimeSpan) ? Timeout.InfiniteTimeSpan : drains.DefaultIfEmpty().Max();
    }

    private long? AddUpRequests() => _files.Count + _pages.Count == 0
        ? null
        : _files.Sum(each => each.Requests) + _pages.Sum(each => each.Server.Web.Requests);

    private DatagramTotals? AddUpDatagrams()
    {
        var all = _datagrams.Select(each => each.Totals).ToList();
        return all.Count == 0
            ? null
            : new(all.Sum(each => each.Received), all.Sum(each => each.Answered), all.Sum(each => each.Failed));
    }

    private long? AddUpDrops()
    {
        var all = _servers.Select(each => each.Plan.Relaying).OfType<RelayEvents>().ToList();
        return all.Count == 0 ? null : all.Sum(each => each.Drops);
    }

    private ServerStatistics AddUp()
    {
        var all = _servers.Select(each => each.Server.GetStatistics())
            .Concat(_files.Select(each => each.Statistics))
            .Concat(_pages.Select(each => each.Server.Web.Statistics)).ToList();
        return new ServerStatistics(
            all.Sum(each => each.Open),
            all.Sum(each => each.Accepted),
            all.Sum(each => each.Refused),
            all.Sum(each => each.HandlersFailed),
            all.Sum(each => each.BytesReceived),
            all.Sum(each => each.BytesSent));
    }
}
