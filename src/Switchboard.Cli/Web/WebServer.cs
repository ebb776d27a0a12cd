using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchboard.AspNetCore;

namespace Switchboard.Cli.Web;

/// <summary>A web server that runs: Kestrel over the library's listeners, with its limits and its drain.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    private readonly WebServerOptions _options;
    private readonly RequestDelegate _answer;
    private readonly Visitors _visitors;
    private readonly WebApplication _app;
    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _listening;
    private long _requests;

    private WebServer(WebServerOptions options, RequestDelegate answer)
    {
        _options = options;
        _answer = answer;
        _visitors = new Visitors(options.Limits);
        _app = Build();
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public Endpoint Local => _listening?.EndPoint switch
    {
        SwitchboardEndPoint { Endpoint: TcpEndpoint tcp } when _options.Tls is not null =>
            new TlsEndpoint(tcp.Host, tcp.Port),
        SwitchboardEndPoint at => at.Endpoint,
        _ => _options.Listen,
    };

    /// <summary>What to type into a browser; null where no browser gets to.</summary>
    public string? Url => Local is HostEndpoint at
        ? new UriBuilder(_options.Tls is null ? "http" : "https", at.IsAnyAddress ? "localhost" : at.Host, at.Port)
            .Uri.AbsoluteUri
        : null;

    public long Requests => Interlocked.Read(ref _requests);

    public ServerStatistics Statistics => new(
        _visitors.Open, _visitors.Accepted, _visitors.Refused, HandlersFailed: 0,
        _visitors.BytesReceived, _visitors.BytesSent);

    /// <param name="options">Where, and how.</param>
    /// <param name="answer">Answers a request; what it throws is that request's failure.</param>
    /// <param name="stop">Ends the start.</param>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    public static async Task<WebServer> StartAsync(
        WebServerOptions options, RequestDelegate answer, CancellationToken stop)
    {
        var server = new WebServer(options, answer);
        try
        {
            await server._app.StartAsync(stop);
            return server;
        }
        catch (Exception error)
        {
            await server.DisposeAsync();
            throw CauseOf(error);
        }
    }

    /// <summary>Lets requests under way finish.</summary>
    /// <param name="drain">How long.</param>
    /// <param name="stopNow">Ends it at once.</param>
    public async Task<DrainResult> StopAsync(TimeSpan drain, CancellationToken stopNow)
    {
        var time = _options.Time;
        var began = time.GetTimestamp();
        var open = _visitors.Open;
        using var over = new CancellationTokenSource(drain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopNow);
        var aborted = 0;
        await using var counting = either.Token.UnsafeRegister(_ => aborted = _visitors.Open, state: null);
        await _app.StopAsync(either.Token);
        return new DrainResult(Math.Max(open - aborted, 0), aborted, time.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _visitors.Dispose();
    }

    private static Exception CauseOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is BindException)
            {
                return cause;
            }
        }

        return error;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSwitchboard(new SwitchboardTransportOptions
        {
            Listen = new Switchboard.ListenOptions
            {
                Engine = _options.Engine,
                Connection = new ConnectionOptions { TimeProvider = _options.Time },
            },
            Application = _options.Application,
        });
        builder.WebHost.ConfigureKestrel(Configure);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        var app = builder.Build();
        if (_options.WebSockets is { } webSockets)
        {
            app.UseWebSockets(webSockets);
        }

        app.Run(AnswerAsync);
        return app;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.KeepAliveTimeout = _options.Limits.IdleTimeout;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;

        // TLS of HTTP is Kestrel's: below it there is TCP.
        var below = _options.Listen is TlsEndpoint tls ? new TcpEndpoint(tls.Host, tls.Port) : _options.Listen;
        kestrel.ListenSwitchboard(below, endpoint =>
        {
            _listening = endpoint;
            endpoint.Use(next => connection => _visitors.ServeAsync(connection, next));
            if (_options.Tls is not null)
            {
                endpoint.UseHttps(_options.Tls.ToKestrel());
            }
        });
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var began = _options.Time.GetTimestamp();
        string? problem = null;
        try
        {
            await _answer(http);
        }
#pragma warning disable CA1031 // One request's failure is that request's alone.
        catch (Exception error)
#pragma warning restore CA1031
        {
            problem = http.RequestAborted.IsCancellationRequested ? "the visitor left" : error.Message;
            Fail(http);
        }

        Interlocked.Increment(ref _requests);
        _options.Tell(new RequestEvent(_options.Service, RemoteOf(http), http.Request.Method, TargetOf(http),
            http.Response.StatusCode)
        {
            Bytes = http.Response.ContentLength,
            Elapsed = _options.Time.GetElapsedTime(began),
            Problem = problem,
        });
    }

    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            // A part must not look like a whole.
            http.Abort();
        }
        else
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static Endpoint? RemoteOf(HttpContext http) =>
        http.Features.Get<ISwitchboardConnectionFeature>()?.Connection.Remote
        ?? (http.Connection.RemoteIpAddress is { } address
            ? TcpEndpoint.From(new IPEndPoint(address, http.Connection.RemotePort))
            : null);

    private static string TargetOf(HttpContext http) =>
        http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
}
