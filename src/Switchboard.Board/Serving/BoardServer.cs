using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchboard.AspNetCore;
using Switchboard.Board.Serving;
using Switchboard.Board.Watching;

namespace Switchboard.Board;

/// <summary>
/// A web server that shows the sockets of this process and of this machine to whoever opens <see cref="Url"/>. While no
/// page is open, it costs nothing.
/// </summary>
public sealed class BoardServer : IAsyncDisposable
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly BoardOptions _options;
    private readonly Token _token;
    private readonly CancellationTokenSource _stopping = new();
    private readonly IReadOnlyList<IBoardPart> _parts;
    private readonly BoardWatch _watch;
    private readonly IDisposable _observing;
    private readonly WebApplication _app;
    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _listening;

    private BoardServer(BoardOptions options)
    {
        _options = options;
        _token = new Token(options.Token);
        _parts = [new LabPart(options.TimeProvider)];
        var own = new OwnSockets(options.TimeProvider);
        _watch = new BoardWatch(own, () => Local, options.NameOf, options.TimeProvider);
        _observing = own.Start();
        _app = Build();
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public Endpoint Local => (_listening?.EndPoint as SwitchboardEndPoint)?.Endpoint ?? _options.Listen;

    /// <summary>What opens it in a browser, with the token that lets one in; null where no browser gets to.</summary>
    public Uri? Url => UrlOf("/");

    /// <summary>Whether sockets are looked at: only while a page is open.</summary>
    internal bool IsWatching => _watch.IsWatching;

    /// <summary>Shows a board.</summary>
    /// <param name="options">Where; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    public static async Task<BoardServer> StartAsync(
        BoardOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new BoardServer(options ?? new BoardOptions());
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch (Exception error)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            if (BindFailureIn(error) is { } cause)
            {
                throw cause;
            }

            throw;
        }
    }

    /// <summary>Ends what pages have open, and the server.</summary>
    public async ValueTask DisposeAsync()
    {
        _observing.Dispose();
        await _stopping.CancelAsync().ConfigureAwait(false);
        using (var over = new CancellationTokenSource(Drain, _options.TimeProvider))
        {
            await _app.StopAsync(over.Token).ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
        await _watch.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>What opens one of its pages.</summary>
    internal Uri? UrlOf(string path) => Local is HostEndpoint at
        ? new UriBuilder("http", at.IsAnyAddress ? "localhost" : at.Host, at.Port, path)
        {
            Query = $"{Admission.Query}={_token.Text}",
        }.Uri
        : null;

    private static BindException? BindFailureIn(Exception? error) =>
        error is null ? null : error as BindException ?? BindFailureIn(error.InnerException);

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseSwitchboard(new SwitchboardTransportOptions
        {
            Listen = new Switchboard.ListenOptions
            {
                Engine = _options.Engine,
                Connection = new ConnectionOptions { TimeProvider = _options.TimeProvider },
            },

            // What a page asks for may take a while, and the servers that are watched must not wait for it.
            Application = ApplicationThread.Pool,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.ListenSwitchboard(_options.Listen, endpoint => _listening = endpoint);
        });
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        var app = builder.Build();
        app.UseWebSockets();
        var site = new BoardSite(
            new Admission(_token, () => Local), _watch, _parts, _options.TimeProvider, _stopping.Token);
        app.Run(site.AnswerAsync);
        return app;
    }
}
