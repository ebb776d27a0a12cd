using System.Globalization;
using Microsoft.AspNetCore.Http;
using Switchboard.AspNetCore.Pages;

namespace Switchboard.Board.Serving;

/// <summary>
/// Who may see the board. A browser on this machine reaches what no stranger can, and does what any page tells it: so
/// the address it was told must be this server's, it must show the token, and what acts must come from our own page.
/// </summary>
/// <param name="token">Whoever has it may see everything.</param>
/// <param name="local">Where the server listens.</param>
internal sealed class Admission(Token token, Func<Endpoint> local)
{
    /// <summary>The name of the token in the address that opens the board.</summary>
    public const string Query = "token";

    /// <summary>Whether the request may be answered; otherwise its refusal has been written.</summary>
    public async Task<bool> AdmitAsync(HttpContext http)
    {
        var request = http.Request;
        var at = local();
        if (!request.Host.HasValue || !new OriginCheck(at).IsHostRight(request.Host))
        {
            await WebAnswer.RefuseAsync(
                http, StatusCodes.Status421MisdirectedRequest, "This server has another name.").ConfigureAwait(false);
            return false;
        }

        if (Acts(http) && !ComesFromOwnPage(request))
        {
            await WebAnswer.RefuseAsync(http, StatusCodes.Status403Forbidden, "Another site's page sent this.")
                .ConfigureAwait(false);
            return false;
        }

        if (TryOpen(http, at))
        {
            return false;
        }

        if (!token.IsRight(request.Cookies[CookieOf(at)]))
        {
            await WebAnswer.RefuseAsync(
                http, StatusCodes.Status403Forbidden, "The board opens by the address that was printed at its start.")
                .ConfigureAwait(false);
            return false;
        }

        return true;
    }

    // Cookies do not know ports: boards at several of one host would take each other's.
    private static string CookieOf(Endpoint at) => at is HostEndpoint host
        ? string.Create(CultureInfo.InvariantCulture, $"switchboard-board-{host.Port}")
        : "switchboard-board";

    private static bool Acts(HttpContext http) => http.WebSockets.IsWebSocketRequest
        || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));

    // A browser names the page that acts; whoever names none is no page of ours.
    private static bool ComesFromOwnPage(HttpRequest request) =>
        request.Headers.Origin is [{ Length: > 0 }] && OriginCheck.IsOwnPage(request);

    private bool TryOpen(HttpContext http, Endpoint at)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !token.IsRight(http.Request.Query[Query]))
        {
            return false;
        }

        http.Response.Cookies.Append(CookieOf(at), token.Text, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        });

        // To the same page without the token: what stands in the address bar is copied, kept and shown to others.
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = http.Request.Path.ToUriComponent();
        return true;
    }
}
