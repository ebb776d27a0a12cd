using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

/// <summary>A web application on one transport, and what Kestrel logs.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The host disposes its loggers.")]
internal sealed class WebRun : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WebRun(WebApplication application, LogRecord log) => (_application, Log) = (application, log);

    public LogRecord Log { get; }

    /// <summary>Where it listens, as Kestrel tells it.</summary>
    public string Address => _application.Urls.First();

    public int Port => new Uri(Address).Port;

    public static async Task<WebRun> StartAsync(
        WebTransport transport,
        RequestDelegate application,
        Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogRecord();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.WebHost.Use(transport);
        builder.WebHost.ConfigureKestrel(configure ?? (kestrel => kestrel.Listen(IPAddress.Loopback, 0)));
        var running = builder.Build();
        running.UseWebSockets();
        running.Run(application);
        await running.StartAsync();
        return new WebRun(running, log);
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync().Soon();
    }
}
