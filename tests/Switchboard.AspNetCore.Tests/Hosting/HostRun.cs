using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Switchboard.AspNetCore.Tests.Kestrel;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Hosting;

/// <summary>A host with one server, called "test".</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The host disposes its loggers.")]
internal sealed class HostRun : IAsyncDisposable
{
    private const string Name = "test";

    private readonly IHost _host;

    private HostRun(IHost host, LogRecord log) => (_host, Log) = (host, log);

    public LogRecord Log { get; }

    public Server Server => _host.Services.GetRequiredKeyedService<HostedServer>(Name).Server!;

    public bool IsStopping =>
        _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public static Task<HostRun> StartAsync(
        Endpoint endpoint,
        ConnectionHandler handler,
        ServerOptions? options = null) =>
        StartAsync(services => services.AddSwitchboardServer(Name, endpoint, handler, options));

    public static Task<HostRun> StartAsync(IReadOnlyDictionary<string, string?> values, ConnectionHandler handler)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(one => KeyValuePair.Create($"Echo:{one.Key}", one.Value)))
            .Build();
        return StartAsync(services =>
            services.AddSwitchboardServer(Name, configuration.GetSection("Echo"), handler));
    }

    public async Task<HealthReportEntry> CheckHealthAsync()
    {
        var report = await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().Soon();
        return report.Entries[Name];
    }

    public Task<Connection> ConnectAsync() => Connection.ConnectAsync(Server.Local).Soon();

    public Task StopAsync(CancellationToken patience = default) => _host.StopAsync(patience).Soon();

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _host.Dispose();
    }

    private static async Task<HostRun> StartAsync(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        var log = new LogRecord();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        add(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync().Soon();
            return new HostRun(host, log);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
