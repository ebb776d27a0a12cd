using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchboard.AspNetCore.Hosting;
using Handler = Switchboard.ConnectionHandler;

namespace Switchboard.AspNetCore;

/// <summary>Servers that start and stop with their host.</summary>
public static class SwitchboardHostingExtensions
{
    /// <summary>
    /// Adds a server at an endpoint. It logs as <c>Switchboard.Server.NAME</c>, and has a health check of its name:
    /// healthy while it accepts, degraded while it is full. If it cannot listen the host does not start.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="name">Also finds the <see cref="HostedServer"/>, as a keyed service.</param>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="handler">Runs once for each connection, many at the same time.</param>
    /// <param name="options">Limits and choices; null for the defaults.</param>
    public static IServiceCollection AddSwitchboardServer(
        this IServiceCollection services,
        string name,
        Endpoint endpoint,
        Handler handler,
        ServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return services.AddSwitchboardServer(name, endpoint, _ => handler, options);
    }

    /// <summary>Adds a server whose handler is made of the host's services.</summary>
    /// <inheritdoc cref="AddSwitchboardServer(IServiceCollection, string, Endpoint, Handler, ServerOptions)"/>
    public static IServiceCollection AddSwitchboardServer(
        this IServiceCollection services,
        string name,
        Endpoint endpoint,
        Func<IServiceProvider, Handler> handler,
        ServerOptions? options = null) =>
        services.AddServer(name, new ServerPlan(endpoint, options ?? new ServerOptions()), handler);

    /// <summary>
    /// Adds a server as a section of configuration describes it: <c>Endpoint</c>, and if wanted <c>Engine</c>,
    /// <c>Backlog</c>, <c>DrainTimeout</c>, <c>Limits</c> with the names of <see cref="ServerLimits"/>, and <c>Tls</c>
    /// with <c>Certificate</c> and <c>Key</c>, two files in PEM. It is read when the host starts.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="name">Also finds the <see cref="HostedServer"/>, as a keyed service.</param>
    /// <param name="section">What cannot be meant there fails the start, and the exception says where.</param>
    /// <param name="handler">Runs once for each connection, many at the same time.</param>
    /// <param name="options">What the section does not say; null for the defaults.</param>
    public static IServiceCollection AddSwitchboardServer(
        this IServiceCollection services,
        string name,
        IConfigurationSection section,
        Handler handler,
        ServerOptions? options = null) =>
        services.AddServer(name, () => PlanReader.Read(section, options ?? new ServerOptions()), _ => handler);

    private static IServiceCollection AddServer(
        this IServiceCollection services,
        string name,
        ServerPlan plan,
        Func<IServiceProvider, Handler> handler) => services.AddServer(name, () => plan, handler);

    private static IServiceCollection AddServer(
        this IServiceCollection services,
        string name,
        Func<ServerPlan> plan,
        Func<IServiceProvider, Handler> handler)
    {
        services.AddKeyedSingleton(name, (host, _) => new HostedServer(
            name,
            plan,
            handler(host),
            host.GetRequiredService<IHostApplicationLifetime>(),
            host.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IHostedService>(host => host.GetRequiredKeyedService<HostedServer>(name));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            host => new ServerHealth(host.GetRequiredKeyedService<HostedServer>(name)),
            failureStatus: null,
            tags: ["switchboard"]));
        return services;
    }
}
