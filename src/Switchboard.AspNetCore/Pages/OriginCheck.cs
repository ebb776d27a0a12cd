using System.Net;
using Microsoft.AspNetCore.Http;

namespace Switchboard.AspNetCore.Pages;

/// <summary>
/// Keeps pages of other sites out. A browser on this machine reaches what no stranger can, and sends what any page
/// tells it to: under a name that was made to lead here, or from a form.
/// </summary>
/// <param name="local">Where the server listens.</param>
internal sealed class OriginCheck(Endpoint local)
{
    /// <summary>
    /// Whether the request was meant for this server. A server of this machine alone is known by no other names than
    /// those of this machine; any other may have been given any name.
    /// </summary>
    public bool IsHostRight(HostString host) => local is not HostEndpoint { IsLoopback: true } own
        || !host.HasValue
        || IsOfThisMachine(host.Host)
        || host.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what would change something comes from a page of this server, or from no page at all.</summary>
    public static bool IsOwnPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static bool IsOfThisMachine(string host)
    {
        var bare = host.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(bare, out var address)
            ? IPAddress.IsLoopback(address)
            : bare.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || bare.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
