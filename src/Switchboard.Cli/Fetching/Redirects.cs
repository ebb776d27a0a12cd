using System.Net;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Fetching;

/// <summary>Where an answer sends us, and whether we go.</summary>
/// <param name="most">How often it is followed at all.</param>
internal sealed class Redirects(int most)
{
    private readonly HashSet<Hop> _been = [];

    /// <summary>The next request; null if the answer is to be taken as it is.</summary>
    /// <param name="hop">What was asked.</param>
    /// <param name="response">What was answered.</param>
    /// <exception cref="FailureException">It leads in a circle, too far, nowhere, or out of TLS.</exception>
    public Hop? Next(Hop hop, HttpResponseMessage response)
    {
        if (most == 0 || !IsRedirect(response.StatusCode) || LocationOf(response) is not { Length: > 0 } location)
        {
            return null;
        }

        var url = Resolve(hop.Url, location);
        if (hop.Url.Scheme == Uri.UriSchemeHttps && url.Scheme == Uri.UriSchemeHttp)
        {
            throw Refused(
                $"{hop.Url} sends to {url}.", "That is out of TLS: whoever is on the way could read and change it.",
                "If that is all right, fetch that URL itself.");
        }

        _been.Add(hop);
        var next = Change(hop, response.StatusCode) with { Url = url };
        if (_been.Contains(next))
        {
            throw Refused($"{url} was asked already: the redirects lead in a circle.", null, null);
        }

        return _been.Count <= most
            ? next
            : throw Refused(
                $"{hop.Url} redirects, and {most} redirects were followed already.", null,
                "Allow more with --max-redirects.");
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    // As bytes of the header: the parsed form is missing where the value is not quite a URL.
    private static string? LocationOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.ToString() : null;

    private static Uri Resolve(Uri from, string location) =>
        Uri.TryCreate(from, location, out var url) && UrlText.IsWeb(url) && url.Host.Length > 0
            ? UrlText.WithoutFragment(url)
            : throw Refused($"{from} sends to '{location}', which is no page of the web.", null, null);

    /// <summary>
    /// 303 says to look elsewhere, and everybody takes 301 and 302 after a POST for that; 307 and 308 ask for the same.
    /// </summary>
    private static Hop Change(Hop hop, HttpStatusCode status)
    {
        var looks = status switch
        {
            HttpStatusCode.SeeOther => hop.Method != HttpMethod.Head,
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found => hop.Method == HttpMethod.Post,
            _ => false,
        };
        return looks ? hop with { Method = HttpMethod.Get, SendsData = false } : hop;
    }

    private static FailureException Refused(string what, string? why, string? next) =>
        new(new Failure(ExitCode.Failed, what, why, next));
}
