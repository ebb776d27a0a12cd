using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests.Web;

/// <summary>Whatever is asked by hand: it is refused with the right answer, and nothing has changed.</summary>
public sealed class HostileHttpTests(PostgresServer postgres)
{
    public static TheoryData<string> Names => [.. HostileHttpRequests.All.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_request_is_refused_and_changes_nothing(string name)
    {
        var hostile = HostileHttpRequests.All.Single(request => request.Name == name);
        await using var run = await WebRun.StartAsync(postgres);
        await run.AskAsync();
        using var ada = await new HttpVisit(run).SignInAsync("ada");
        var before = await run.LedgerAsync();

        var answer = await hostile.SendAsync(ada, run);

        Assert.Equal(hostile.Status, answer.Status);
        Assert.StartsWith(hostile.Location, answer.Location, StringComparison.Ordinal);
        Assert.True(hostile.Location != "/" || answer.Location == "/", answer.Location);
        Assert.DoesNotContain("<script>alert", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.Equal(before, await run.LedgerAsync());
    }

    [Fact]
    public async Task The_requests_that_these_are_made_of_are_heard_when_nobody_meddles_with_them()
    {
        await using var run = await WebRun.StartAsync(postgres);
        using var ada = await new HttpVisit(run).SignInAsync("ada");

        var answer = await ada.PostAsync("/transfer/send", await ada.ReviewAsync());

        Assert.Equal(303, answer.Status);
        Assert.Equal(1_001_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task A_form_that_is_sent_twenty_times_at_once_moves_money_once()
    {
        await using var run = await WebRun.StartAsync(postgres);
        using var ada = await new HttpVisit(run).SignInAsync("ada");
        var form = await ada.ReviewAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ada.PostAsync("/transfer/send", form)));

        Assert.All(answers, answer => Assert.Equal(303, answer.Status));
        Assert.Equal(1_001_00, await run.Bank.BalanceAsync(OpenBank.Grace));
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_keep_browsers_safe()
    {
        await using var run = await WebRun.StartAsync(postgres);
        using var ada = await new HttpVisit(run).SignInAsync("ada");

        foreach (var path in (string[])["/", "/sign-in", "/nowhere", $"/accounts/{OpenBank.Ada}/statement.csv"])
        {
            var headers = (await ada.GetAsync(path)).Headers;
            Assert.Contains("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Equal("same-origin", headers["Referrer-Policy"]);
            Assert.Equal("no-store", headers["Cache-Control"]);
            Assert.False(headers.ContainsKey("Server"));
        }
    }

    [Fact]
    public async Task A_name_of_its_own_is_told_to_stay_with_TLS_and_this_machines_names_are_not()
    {
        await using var run = await WebRun.StartAsync(postgres);
        using var visit = new HttpVisit(run);
        using var named = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        named.Headers.Host = WebRun.Host;

        Assert.StartsWith(
            "max-age=", (await visit.SendAsync(named)).Headers["Strict-Transport-Security"], StringComparison.Ordinal);
        Assert.False((await visit.GetAsync("/sign-in")).Headers.ContainsKey("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_from_other_sites_and_from_plain_HTTP()
    {
        await using var run = await WebRun.StartAsync(postgres);
        using var visit = new HttpVisit(run);

        var cookie = (await visit.GetAsync("/sign-in")).Headers["Set-Cookie"];

        Assert.StartsWith("__Host-browser=", cookie, StringComparison.Ordinal);
        Assert.All(
            ["; path=/", "; secure", "; samesite=strict", "; httponly"],
            part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }
}
