namespace Bank.Web.Visits;

/// <summary>
/// The cookies of a visit. None of them is kept when the browser ends, read by scripts, or sent along by a page of
/// another site; over TLS their names begin with <c>__Host-</c>, so that no other host and no page without TLS can set
/// them.
/// </summary>
public sealed class VisitCookies(HttpContext http)
{
    private const int MaxChars = 1024;

    public string? Browser
    {
        get => Read("browser");
        set => Write("browser", value);
    }

    public string? SignIn
    {
        get => Read("bank");
        set => Write("bank", value);
    }

    public string? Challenge
    {
        get => Read("step");
        set => Write("step", value);
    }

    private string? Read(string name) =>
        http.Request.Cookies[NameOf(name)] is { Length: > 0 and <= MaxChars } value ? value : null;

    private void Write(string name, string? value)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/",
        };
        if (value is null)
        {
            http.Response.Cookies.Delete(NameOf(name), options);
        }
        else
        {
            http.Response.Cookies.Append(NameOf(name), value, options);
        }
    }

    private string NameOf(string name) => http.Request.IsHttps ? $"__Host-{name}" : $"bank-{name}";
}
