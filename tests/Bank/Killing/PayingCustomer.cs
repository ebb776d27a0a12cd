using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bank.Application;
using Bank.Tests.Web;

namespace Bank.Tests.Killing;

/// <summary>
/// A customer with a browser, who pays at the pages of the bank by whichever web tier answers. What is not answered is
/// sent again as it was, until a page says what became of it.
/// </summary>
internal sealed partial class PayingCustomer : IDisposable
{
    private const int Unavailable = 503;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _name;
    private readonly Dictionary<string, string> _cookies = [];
    private readonly List<HttpVisit> _sites;
    private int _signIns;
    private volatile int _site;
    private int _lost;

    public PayingCustomer(string name, IReadOnlyList<Uri> sites)
    {
        _name = name;
        _sites = [.. sites.Select(site => new HttpVisit(site, NextCode, _cookies))];
    }

    /// <summary>How often nothing came back, or a page that said to try again.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>With password and code, whoever was signed in before.</summary>
    public async Task SignInAsync()
    {
        _cookies.Clear();
        await _sites[_signIns % _sites.Count].SignInAsync(_name);
        _signIns++;
    }

    /// <summary>Fills in the form, looks at what it says, sends it, and reads the receipt.</summary>
    /// <returns>The transfer's id, as the page says that the money is there.</returns>
    public async Task<string> PayAsync(PlannedPayment payment, CancellationToken stopping)
    {
        // Its key is made here, so everything behind it may be asked again.
        var page = await AskAsync(200, site => site.GetAsync("/transfer"), stopping);
        var form = HttpVisit.HiddenOf(page);
        (form["from"], form["to"], form["other"]) = (payment.From, "other", payment.To);
        (form["amount"], form["reference"], form["category"]) = (payment.Amount, payment.Reference, "Other");
        var looked = await AskAsync(303, site => site.PostAsync("/transfer", form), stopping);
        var review = HttpVisit.HiddenOf(await AskAsync(200, site => site.GetAsync(looked.Location), stopping));
        var sent = await AskAsync(303, site => site.PostAsync("/transfer/send", review), stopping);
        var receipt = await AskAsync(200, site => site.GetAsync(sent.Location), stopping);
        Assert.Contains("<h1>The money is there</h1>", receipt.Body, StringComparison.Ordinal);

        return TransferId().Match(receipt.Body).Groups[1].Value;
    }

    /// <summary>Null if nothing came back, or a page that said to try again.</summary>
    public static async Task<HttpAnswer?> TryAskAsync(HttpVisit site, Func<HttpVisit, Task<HttpAnswer>> ask)
    {
        try
        {
            var answer = await ask(site);
            return answer.Status == Unavailable ? null : answer;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException)
        {
            // The last of them comes out of HttpClient as it is when a server dies while it is connected to.
            return null;
        }
    }

    public void Dispose() => _sites.ForEach(site => site.Dispose());

    private async Task<HttpAnswer> AskAsync(
        int status, Func<HttpVisit, Task<HttpAnswer>> ask, CancellationToken stopping)
    {
        for (var site = _site; ; site = (site + 1) % _sites.Count)
        {
            if (await TryAskAsync(_sites[site], ask) is { } answer)
            {
                Assert.True(answer.Status == status, $"{answer.Status} {answer.Location} {answer.Body}");
                _site = site;
                return answer;
            }

            // Somebody is being started again: a moment, and then the next web tier, or the same if there is one.
            Interlocked.Increment(ref _lost);
            await Task.Delay(Pause, TimeProvider.System, stopping);
        }
    }

    // A code is good once, and may be one ahead of the clock.
    private string NextCode() => Totp.CodeAt(
        OpenBank.Secret, TimeProvider.System.GetUtcNow().AddSeconds(_signIns * Totp.StepSeconds));

    [GeneratedRegex("<dt>Transfer</dt><dd class=\"small\">([0-9a-f]{32})</dd>")]
    private static partial Regex TransferId();
}
