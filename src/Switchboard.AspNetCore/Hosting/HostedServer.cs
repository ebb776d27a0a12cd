using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchboard.AspNetCore.Hosting;
using Handler = Switchboard.ConnectionHandler;

namespace Switchboard.AspNetCore;

/// <summary>
/// A <see cref="Server"/> that starts and stops with its host. Ask for it by its name, as a keyed service.
/// </summary>
public sealed class HostedServer : IHostedService
{
    private readonly Func<ServerPlan> _plan;
    private readonly Handler _handler;
    private readonly IHostApplicationLifetime _host;
    private readonly ServerLog _log;
    private volatile Server? _server;
    private volatile bool _isStopping;

    internal HostedServer(
        string name,
        Func<ServerPlan> plan,
        Handler handler,
        IHostApplicationLifetime host,
        ILoggerFactory loggers)
    {
        Name = name;
        _plan = plan;
        _handler = handler;
        _host = host;
        _log = new ServerLog(name, loggers);
    }

    /// <summary>What it was added as.</summary>
    public string Name { get; }

    /// <summary>The server, for its address and its statistics; null before it has started.</summary>
    public Server? Server => _server;

    internal ServerPlan? Plan { get; private set; }

    internal bool IsStopping => _isStopping;

    /// <summary>Starts the server, or fails the start of the host.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BindException">The endpoint cannot be had; the exception says why.</exception>
    /// <exception cref="InvalidOperationException">The configuration says something that cannot be meant.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var plan = _plan();
        var options = plan.Options with { Observer = new LoggingObserver(_log, plan.Options.Observer) };
        Plan = plan;
        var server = await Server.StartAsync(plan.Endpoint, _handler, options, cancellationToken).ConfigureAwait(false);
        _server = server;
        _log.Listens(server.Local);
        _ = WatchAsync(server);
    }

    /// <summary>
    /// Stops the server: accepts nobody any more, tells the handlers, and waits for them as long as
    /// <see cref="ServerOptions.DrainTimeout"/> and the host allow. What is left is reset, and the counts are logged.
    /// </summary>
    /// <param name="cancellationToken">The host has run out of patience.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (_server is { } server)
        {
            var drained = await server.StopAsync(drain: null, cancellationToken).ConfigureAwait(false);
            _log.Stopped(server.Local, drained);
        }
    }

    // A server that hears nobody any more is worth nothing, and whoever restarts it has to know.
    private async Task WatchAsync(Server server)
    {
        try
        {
            await server.Accepting.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever has broken the listener: it ends the host, with the exception in the log.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.ListenerBroke(server.Local, error);
            _host.StopApplication();
        }
    }
}
