using System.Security.Cryptography;
using Bank.Protocol;
using Bank.Web.Approvals;
using Bank.Web.Desk;
using Bank.Web.Frame;
using Bank.Web.Guarding;
using Bank.Web.Overview;
using Bank.Web.Security;
using Bank.Web.SignIn;
using Bank.Web.StandingOrders;
using Bank.Web.Statements;
using Bank.Web.Transfers;
using Bank.Web.Visits;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Switchboard;
using Switchboard.AspNetCore;

namespace Bank.Web;

/// <summary>
/// The web tier that runs: pages for browsers, made of what the application tier answers. It keeps nothing about
/// anybody, so there may be any number of them, and each may end at any time.
/// </summary>
public sealed class WebTier : IAsyncDisposable
{
    // The longest form is a transfer; the longest address carries one that was typed and sealed.
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxLineBytes = 4 * 1024;
    private const int MaxConnections = 4096;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);

    private readonly WebApplication _app;
    private readonly BankClient _bank;
    private readonly PageWriter _pages = new();
    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _listening;

    private WebTier(WebOptions options)
    {
        _bank = new BankClient(options.Application);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);

        // That it cannot start is thrown; nobody has to read it twice.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseSwitchboard();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        _app = builder.Build();
        _app.Use(new Guard(options.Hosts).PassAsync);
        var key = options.SealKey ?? RandomNumberGenerator.GetBytes(Seal.KeyBytes);
        Map(new WebParts(_bank, _pages, new Seal(key, options.TimeProvider), options.TimeProvider, _app.Logger));
    }

    /// <summary>What to type into a browser on this machine.</summary>
    public Uri Url { get; private set; } = new("about:blank");

    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    public static async Task<WebTier> StartAsync(WebOptions options, CancellationToken cancellationToken = default)
    {
        var tier = new WebTier(options);
        try
        {
            await tier._app.StartAsync(cancellationToken);
            tier.Url = tier.FindUrl(options);
            return tier;
        }
        catch
        {
            await tier.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until Ctrl-C, or whoever manages this process, ends it.</summary>
    public Task WaitForStopAsync() => _app.WaitForShutdownAsync();

    /// <summary>Lets pages under way be finished.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _pages.DisposeAsync();
        await _bank.DisposeAsync();
    }

    private void Configure(KestrelServerOptions kestrel, WebOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = MaxLineBytes;
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.ListenSwitchboard(options.Listen, endpoint =>
        {
            _listening = endpoint;
            if (options.Certificate is not null)
            {
                endpoint.UseHttps(options.Certificate);
            }
        });
    }

    private void Map(WebParts parts)
    {
        var routes = new Routes(_app, parts);
        SignInRoutes.Map(routes);
        OverviewRoutes.Map(routes);
        StatementRoutes.Map(routes);
        TransferRoutes.Map(routes);
        StandingOrderRoutes.Map(routes);
        ApprovalRoutes.Map(routes);
        SecurityRoutes.Map(routes);
        DeskRoutes.Map(routes);
        _app.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], Asset.AnswerAsync);
        routes.Get("/here", visit => visit.Http.Response.WriteAsync("Here.\n", visit.Left));
        routes.GetOpen("/{**path}", visit => Refusal.ShowAsync(visit, StatusCodes.Status404NotFound));
    }

    private Uri FindUrl(WebOptions options)
    {
        var at = (HostEndpoint)((SwitchboardEndPoint)_listening!.EndPoint).Endpoint;
        var host = at.IsAnyAddress || at.IsLoopback ? "localhost" : at.Host;
        return new UriBuilder(options.Certificate is null ? "http" : "https", host, at.Port).Uri;
    }
}
