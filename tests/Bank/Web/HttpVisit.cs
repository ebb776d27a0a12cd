using System.Net;
using System.Text.RegularExpressions;

namespace Bank.Tests.Web;

/// <summary>Somebody who speaks HTTP by hand: sends what no browser would, and keeps cookies as one does.</summary>
internal sealed partial class HttpVisit : IDisposable
{
    private readonly Func<string> _nextCode;
    private readonly HttpClient _client;

    public HttpVisit(WebRun run, Uri? url = null)
        : this(url ?? run.Url, run.NextCode, [])
    {
    }

    /// <param name="url">The site.</param>
    /// <param name="nextCode">What the authenticator shows next.</param>
    /// <param name="cookies">Of the browser, which may be at several servers of one site.</param>
    public HttpVisit(Uri url, Func<string> nextCode, Dictionary<string, string> cookies)
    {
        _nextCode = nextCode;
        Cookies = cookies;
#pragma warning disable CA2000, CA5400 // The client disposes it; the certificate is this test's own.
        _client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        })
        { BaseAddress = url, Timeout = OpenBank.Patience };
#pragma warning restore CA2000, CA5400
    }

    public Dictionary<string, string> Cookies { get; }

    /// <summary>Both steps, as a browser without script does them.</summary>
    public async Task<HttpVisit> SignInAsync(string name)
    {
        await PostAsync("/sign-in", await FormAsync("/sign-in", ("name", name), ("password", OpenBank.Password)));
        await PostAsync("/sign-in/code", await FormAsync("/sign-in/code", ("code", _nextCode())));
        Assert.True(Cookies.ContainsKey("__Host-bank"), "The sign-in was refused.");
        return this;
    }

    /// <summary>The fields of a form, with the hidden ones that its page has.</summary>
    public async Task<Dictionary<string, string>> FormAsync(string page, params (string Name, string Value)[] typed)
    {
        var fields = HiddenOf(await GetAsync(page));
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return fields;
    }

    /// <summary>The hidden fields of a page's forms.</summary>
    public static Dictionary<string, string> HiddenOf(HttpAnswer page)
    {
        var fields = new Dictionary<string, string>();
        foreach (Match hidden in Hidden().Matches(page.Body))
        {
            fields[hidden.Groups[1].Value] = WebUtility.HtmlDecode(hidden.Groups[2].Value);
        }

        return fields;
    }

    /// <summary>The form of a transfer, filled in by a customer who means well.</summary>
    public Task<Dictionary<string, string>> TransferAsync(params (string Name, string Value)[] typed) => FormAsync(
        "/transfer",
        [
            ("from", OpenBank.Ada), ("to", "other"), ("other", OpenBank.Grace), ("amount", "1.00"), ("reference", ""),
            ("category", "Other"), .. typed,
        ]);

    /// <summary>The last page before money moves.</summary>
    public async Task<Dictionary<string, string>> ReviewAsync() =>
        await FormAsync((await PostAsync("/transfer", await TransferAsync())).Location);

    public Task<HttpAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<HttpAnswer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation(
                "Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using var response = await _client.SendAsync(request);
            Keep(response);
            return new HttpAnswer(
                (int)response.StatusCode,
                response.Headers.Location?.OriginalString ?? "",
                response.Headers.Concat(response.Content.Headers).ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
                await response.Content.ReadAsStringAsync());
        }
    }

    public void Dispose() => _client.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        foreach (var cookie in cookies)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([a-z]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
