using Microsoft.AspNetCore.Http;
using Switchboard.AspNetCore.Pages;
using Switchboard.Chat;

namespace Switchboard.Cli.WebChat;

/// <summary>Answers the requests of the chat's web server: its page, and the chat itself by WebSocket.</summary>
/// <param name="chat">What the page is a client of.</param>
/// <param name="options">Where it is, and what clients are granted.</param>
/// <param name="stopping">Cancelled when everybody is to be let go.</param>
internal sealed class ChatSite(ChatServer chat, WebChatOptions options, CancellationToken stopping)
{
    // No inline code, nothing of other sites, no text that becomes markup.
    internal const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>All files of the page, by the path that asks for them.</summary>
    internal static readonly IReadOnlyDictionary<string, PageFile> PageFiles =
        PageFile.Load(typeof(ChatSite).Assembly, "web-chat");

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly OriginCheck _origins = new(options.Web.Listen);

    public Task AnswerAsync(HttpContext http)
    {
        WebAnswer.Guard(http.Response);
        if (!_origins.IsHostRight(http.Request.Host))
        {
            return WebAnswer.RefuseAsync(
                http, StatusCodes.Status421MisdirectedRequest, "This server has another name.");
        }

        return http.Request.Path == "/irc" ? AnswerClientAsync(http) : AnswerReaderAsync(http);
    }

    private static Task AnswerReaderAsync(HttpContext http)
    {
        var method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            http.Response.Headers.Allow = "GET, HEAD";
            return WebAnswer.RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, "That is not done here.");
        }

        return PageFiles.TryGetValue(http.Request.Path.Value ?? "", out var file)
            ? file.ShowAsync(http, Policy)
            : WebAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name.");
    }

    private async Task AnswerClientAsync(HttpContext http)
    {
        var asked = http.WebSockets.WebSocketRequestedProtocols;
        var agreed = SubProtocols.Choose(asked);
        if (!OriginCheck.IsOwnPage(http.Request))
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status403Forbidden, "Another site's page sent this.");
        }
        else if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            await WebAnswer.RefuseAsync(http, StatusCodes.Status426UpgradeRequired, "The chat is a WebSocket.");
        }
        else if (asked.Count > 0 && agreed is null)
        {
            await WebAnswer.RefuseAsync(
                http, StatusCodes.Status400BadRequest, $"It speaks {SubProtocols.Text} and {SubProtocols.Binary}.");
        }
        else
        {
            await ServeAsync(http, agreed);
        }
    }

    private async Task ServeAsync(HttpContext http, string? subProtocol)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = subProtocol,
            KeepAliveInterval = KeepAlive,
            KeepAliveTimeout = KeepAlive,
        });
        await using var peer = new WebSocketPeer(
            socket, ChatVisitor.Of(http), options.Limits, options.Web.Time, stopping);
        await chat.ServeAsync(peer, stopping);
    }
}
