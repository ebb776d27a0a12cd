using Microsoft.AspNetCore.Http;
using Switchboard.AspNetCore.Pages;
using Switchboard.Board.Watching;

namespace Switchboard.Board.Serving;

/// <summary>Answers the requests of the board's web server.</summary>
/// <param name="admission">Looks at each of them first.</param>
/// <param name="watch">What its own page shows.</param>
/// <param name="parts">Answer below their paths.</param>
/// <param name="time">Dates and waits.</param>
/// <param name="stopping">Cancelled when the board stops.</param>
internal sealed class BoardSite(
    Admission admission,
    BoardWatch watch,
    IReadOnlyList<IBoardPart> parts,
    TimeProvider time,
    CancellationToken stopping)
{
    // No inline code, nothing of other sites, no text that becomes markup.
    internal const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private const string LivePath = "/live";

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>All files of the pages, by the path that asks for them.</summary>
    internal static readonly IReadOnlyDictionary<string, PageFile> Files =
        PageFile.Load(typeof(BoardSite).Assembly, "board");

    public async Task AnswerAsync(HttpContext http)
    {
        WebAnswer.Guard(http.Response);
        if (await admission.AdmitAsync(http).ConfigureAwait(false))
        {
            await AnswerAdmittedAsync(http).ConfigureAwait(false);
        }
    }

    private Task AnswerAdmittedAsync(HttpContext http)
    {
        var request = http.Request;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (reads && Files.TryGetValue(request.Path.Value ?? "", out var file))
        {
            return file.ShowAsync(http, Policy);
        }

        if (request.Path == LivePath && http.WebSockets.IsWebSocketRequest)
        {
            return ServePageAsync(http);
        }

        foreach (var part in parts)
        {
            if (request.Path.StartsWithSegments(part.Path, StringComparison.Ordinal))
            {
                return part.AnswerAsync(http, stopping);
            }
        }

        return WebAnswer.RefuseAsync(http, StatusCodes.Status404NotFound, "There is nothing of that name.");
    }

    private async Task ServePageAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = KeepAlive,
            KeepAliveTimeout = KeepAlive,
        }).ConfigureAwait(false);
        using var page = new BoardPage(socket, watch, time);
        await page.ServeAsync(stopping).ConfigureAwait(false);
    }
}
