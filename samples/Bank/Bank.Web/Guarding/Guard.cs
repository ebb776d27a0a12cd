using System.Net;

namespace Bank.Web.Guarding;

/// <summary>What every request has to pass, and every answer carries.</summary>
/// <param name="hosts">The names of this site, beside those of this machine itself.</param>
public sealed class Guard(IReadOnlyCollection<string> hosts)
{
    // Pages have no script and no style but those of this site's own files; nobody may frame them or post for them.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

    private const string TwoYears = "max-age=63072000; includeSubDomains";

    /// <summary>Lets a request through to the site, or refuses it.</summary>
    public Task PassAsync(HttpContext http, RequestDelegate next)
    {
        Protect(http);
        if (!IsOurs(http.Request.Host))
        {
            return RefuseAsync(http, StatusCodes.Status400BadRequest, "This is not the site of that name.");
        }

        return HttpMethods.IsPost(http.Request.Method) && !IsFromOwnPage(http.Request)
            ? RefuseAsync(http, StatusCodes.Status403Forbidden, "Only pages of this bank may ask for that.")
            : next(http);
    }

    private static void Protect(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

        // Not no-referrer: with that, browsers say of this site's own forms that they come from nowhere.
        headers["Referrer-Policy"] = "same-origin";

        // A name of this machine is everybody's: the next program at another port may have no TLS.
        if (http.Request.IsHttps && !IsOfThisMachine(http.Request.Host.Host))
        {
            headers.StrictTransportSecurity = TwoYears;
        }
    }

    private bool IsOurs(HostString host) =>
        host.HasValue
        && (IsOfThisMachine(host.Host) || hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase));

    private static bool IsFromOwnPage(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static bool IsOfThisMachine(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IPAddress.IsLoopback(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why + "\n", http.RequestAborted);
    }
}
