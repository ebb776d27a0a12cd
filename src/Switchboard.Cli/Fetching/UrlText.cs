namespace Switchboard.Cli.Fetching;

/// <summary>
/// The address of a page as people type it: <c>https://example.com/a</c>, <c>localhost:8000</c>, <c>:8000/a</c>.
/// </summary>
internal static class UrlText
{
    private static readonly string[] Endpoints = ["unix:", "pipe:", "shm:", "exec:", "memory:", "fd:"];

    /// <summary>Reads it; without a scheme it is http. What stands behind <c>#</c> is never sent.</summary>
    /// <exception cref="FormatException">It is no address of a page, or has a password in it.</exception>
    public static Uri Parse(string text)
    {
        RefuseEndpoints(text);
        var whole = text.StartsWith(':') ? $"http://localhost{text}"
            : text.Contains("://", StringComparison.Ordinal) ? text
            : $"http://{text}";
        if (text.Any(char.IsControl)
            || !Uri.TryCreate(whole, UriKind.Absolute, out var url)
            || url.Host.Length == 0)
        {
            throw new FormatException($"'{text}' is no URL. Write http://host:port/path, or https://.");
        }

        if (!IsWeb(url))
        {
            throw new FormatException($"'{url.Scheme}' is not a scheme that fetch speaks. Write http:// or https://.");
        }

        // A command line is seen by every user of the machine, and kept by the shell.
        return url.UserInfo.Length == 0
            ? WithoutFragment(url)
            : throw new FormatException(
                "A password does not belong into a URL. Put name:password into a file: --login FILE.");
    }

    /// <summary>Whether it is an address that can be asked.</summary>
    public static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The address without what stands behind <c>#</c>.</summary>
    public static Uri WithoutFragment(Uri url) =>
        url.Fragment.Length == 0 ? url : new UriBuilder(url) { Fragment = "" }.Uri;

    private static void RefuseEndpoints(string text)
    {
        if (Endpoints.FirstOrDefault(each => text.StartsWith(each, StringComparison.Ordinal)) is not null)
        {
            throw new FormatException(
                $"'{text}' is an endpoint, and a URL has no room for one. Write http://localhost/path --at {text}.");
        }
    }
}
