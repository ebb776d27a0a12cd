using Microsoft.AspNetCore.Builder;
using Switchboard.Chat;
using Switchboard.Cli.Web;

namespace Switchboard.Cli.WebChat;

/// <summary>A web server with a chat's page that runs, and lets the page's clients into the chat.</summary>
internal sealed class WebChatServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping;

    private WebChatServer(WebServer web, CancellationTokenSource stopping)
    {
        Web = web;
        _stopping = stopping;
    }

    /// <summary>Where it is, and what it has done.</summary>
    public WebServer Web { get; }

    /// <param name="chat">Outlives this server.</param>
    /// <param name="options">Where, and how.</param>
    /// <param name="stop">Ends the start.</param>
    /// <exception cref="BindException">The endpoint cannot be had.</exception>
    public static async Task<WebChatServer> StartAsync(ChatServer chat, WebChatOptions options, CancellationToken stop)
    {
        var stopping = new CancellationTokenSource();
        try
        {
            var site = new ChatSite(chat, options, stopping.Token);
            var web = options.Web with { WebSockets = new WebSocketOptions() };
            return new WebChatServer(await WebServer.StartAsync(web, site.AnswerAsync, stop), stopping);
        }
        catch
        {
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Tells clients that the server stops, and lets them and requests under way finish.</summary>
    /// <param name="drain">How long.</param>
    /// <param name="stopNow">Ends it at once.</param>
    public async Task<DrainResult> StopAsync(TimeSpan drain, CancellationToken stopNow)
    {
        await _stopping.CancelAsync();
        return await Web.StopAsync(drain, stopNow);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Web.DisposeAsync();
        _stopping.Dispose();
    }
}
