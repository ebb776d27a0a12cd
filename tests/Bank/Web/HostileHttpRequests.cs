using System.Net.Http.Headers;
using System.Text;

namespace Bank.Tests.Web;

/// <summary>The list of hostile requests; each must change nothing.</summary>
internal static class HostileHttpRequests
{
    /// <summary>What would run, if any page showed it as it is.</summary>
    public const string Script = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    public const string Sql = "x'; DROP TABLE accounts; --";

    public static IReadOnlyList<HostileHttpRequest> All { get; } =
    [
        .. Cookies(), .. Proofs(), .. OtherPeople(), .. Amounts(), .. Texts(), .. Addresses(), .. Bodies(),
        .. Origins(),
    ];

    private static IEnumerable<HostileHttpRequest> Cookies()
    {
        yield return Forged("a forged token", "900.YWRh.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        yield return Forged("a token that is SQL", $"900.YWRh.{Uri.EscapeDataString(Sql)}");
        yield return Forged("a cookie of nonsense", "%00%ff.!.~");
        yield return Forged("an empty token", "900.YWRh.");
        yield return Forged("a cookie that is far too long", $"900.YWRh.{new string('A', 4000)}");
        yield return new("a token that was signed out", 303, async (ada, _) =>
        {
            var cookie = ada.Cookies["__Host-bank"];
            await ada.PostAsync("/sign-out", await ada.FormAsync("/"));
            ada.Cookies["__Host-bank"] = cookie;
            return await ada.GetAsync("/");
        })
        { Location = "/sign-in" };
        yield return new("her token with another customer's name", 404, async (ada, _) =>
        {
            ada.Cookies["__Host-bank"] = string.Join('.', ada.Cookies["__Host-bank"].Split('.', 3) switch
            {
                [var idle, _, var token] => (string[])[idle, "Z3JhY2U", token],
                var other => other,
            });
            return await ada.GetAsync($"/accounts/{OpenBank.Grace}");
        });
        yield return new("a challenge that nobody gave", 422, async (ada, _) =>
        {
            ada.Cookies.Remove("__Host-bank");
            ada.Cookies["__Host-step"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
            return await ada.PostAsync("/sign-in/code", await ada.FormAsync("/sign-in/code", ("code", "123456")));
        });

        static HostileHttpRequest Forged(string name, string cookie) => new(name, 303, async (ada, _) =>
        {
            ada.Cookies["__Host-bank"] = cookie;
            return await ada.GetAsync($"/accounts/{OpenBank.Ada}");
        })
        { Location = "/sign-in" };
    }

    private static IEnumerable<HostileHttpRequest> Proofs()
    {
        yield return Posted("no proof", form => form.Remove("proof"));
        yield return Posted("an empty proof", form => form["proof"] = "");
        yield return Posted("a made-up proof", form => form["proof"] = new string('A', 43));
        yield return new("the proof of another browser", 403, async (ada, run) =>
        {
            using var grace = await new HttpVisit(run).SignInAsync("grace");
            var form = await ada.ReviewAsync();
            form["proof"] = (await grace.FormAsync("/transfer"))["proof"];
            return await ada.PostAsync("/transfer/send", form);
        });
        yield return new("the proof of before she signed in", 403, async (ada, _) =>
        {
            var (form, cookie) = (await ada.ReviewAsync(), ada.Cookies["__Host-bank"]);
            ada.Cookies.Remove("__Host-bank");
            form["proof"] = (await ada.FormAsync("/sign-in"))["proof"];
            ada.Cookies["__Host-bank"] = cookie;
            return await ada.PostAsync("/transfer/send", form);
        });
        yield return new("a sign-in that another site's form begins", 403, (ada, _) =>
            ada.PostAsync("/sign-in", Fields(("name", "grace"), ("password", OpenBank.Password))));
        yield return new("signing out from another site's form", 403, (ada, _) =>
            ada.PostAsync("/sign-out/everywhere", Fields()));
        yield return new("a payment that nobody looked at", 400, async (ada, _) =>
            await ada.PostAsync("/transfer/send", await ada.FormAsync("/", ("payment", "{\"Amount\":100}"))));
        yield return new("a payment with one letter changed", 400, async (ada, _) =>
        {
            var form = await ada.ReviewAsync();
            form["payment"] = (form["payment"][0] == 'A' ? "B" : "A") + form["payment"][1..];
            return await ada.PostAsync("/transfer/send", form);
        });
        yield return new("a payment that another browser looked at", 400, async (ada, run) =>
        {
            using var other = await new HttpVisit(run).SignInAsync("ada");
            var form = await ada.ReviewAsync();
            form["payment"] = (await other.ReviewAsync())["payment"];
            return await ada.PostAsync("/transfer/send", form);
        });
        yield return new("a payment that was looked at an hour ago", 400, async (ada, run) =>
        {
            var form = await ada.ReviewAsync();
            for (var minutes = 0; minutes < 70; minutes += 10)
            {
                run.Bank.Clock.Advance(TimeSpan.FromMinutes(10));
                await ada.GetAsync("/");
            }

            return await ada.PostAsync("/transfer/send", form);
        });

        static HostileHttpRequest Posted(string name, Action<Dictionary<string, string>> change) =>
            new(name, 403, async (ada, _) =>
            {
                var form = await ada.ReviewAsync();
                change(form);
                return await ada.PostAsync("/transfer/send", form);
            });
    }

    private static IEnumerable<HostileHttpRequest> OtherPeople()
    {
        yield return Got("another customer's statement", $"/accounts/{OpenBank.Grace}");
        yield return Got("another customer's file", $"/accounts/{OpenBank.Grace}/statement.csv");
        yield return Got("the bank's own account", $"/accounts/{OpenBank.Vault}");
        yield return Got("an account that is not there", "/accounts/734200099935");
        yield return Got("an account that is SQL", "/accounts/" + Uri.EscapeDataString("' OR 1=1 --"));
        yield return Got("a file of the server", "/accounts/..%2f..%2f..%2fetc%2fpasswd");
        yield return Got("an asset that is a file of the server", "/assets/..%2fBank.Web.dll");
        yield return Got("the officers' desk", "/desk");
        yield return Got("everybody's audit trail", "/desk/audit");
        yield return Sent(
            "another customer's money", 422, "/transfer", ("from", OpenBank.Grace), ("other", OpenBank.Ada));
        yield return Sent("the bank's money", 422, "/transfer", ("from", OpenBank.Vault), ("other", OpenBank.Ada));
        yield return Sent(
            "an order on another's account", 422, "/standing-orders/new",
            ("from", OpenBank.Grace), ("first", "2026-04-01"), ("repeat", "Monthly"));
        yield return Sent("an end of an order that is not hers", 404, "/standing-orders/end", ("id", "1"));
        yield return Sent("an approval that is not there", 404, "/approvals/approve", ("id", Sql));
        yield return Sent(
            "a freeze by a customer", 404, "/desk/freeze", ("account", OpenBank.Grace), ("reason", "Spite"));
        yield return Sent(
            "a limit by a customer", 404, "/desk/limit", ("account", OpenBank.Ada), ("limit", "9,999.00"));
        yield return new("an approval of her own request", 404, async (ada, run) =>
            await ada.PostAsync(
                "/approvals/approve", await ada.FormAsync("/approvals", ("id", await run.WaitingAsync()))));
    }

    private static IEnumerable<HostileHttpRequest> Amounts() =>
        from amount in (string[])
        [
            "-5.00", "\u22125.00", "+5.00", "0", "0.00", "NaN", "Infinity", "1e3", "0x10", "1.005", "1,5", "1.234,50",
            "5 EUR", "99999999999999999999", "9,999,999,999,999.99", "\uff15", "\u0665", "", " ", "1/2", "5;5", Sql,
        ]
        select Sent($"an amount of [{amount}]", 422, "/transfer", ("amount", amount));

    private static IEnumerable<HostileHttpRequest> Texts()
    {
        foreach (var (kind, text) in ((string, string)[])[("script", Script), ("SQL", Sql)])
        {
            foreach (var field in (string[])["from", "other", "amount", "reference"])
            {
                yield return Sent($"{kind} as {field} of a transfer", 422, "/transfer", (field, text));
            }

            foreach (var field in (string[])["first", "last", "repeat"])
            {
                yield return Sent($"{kind} as {field} of an order", 422, "/standing-orders/new",
                    [("first", "2026-04-01"), ("repeat", "Monthly"), (field, text)]);
            }

            yield return new($"{kind} as a name", 422, async (ada, _) => await ada.PostAsync(
                "/sign-in", await ada.FormAsync("/sign-in", ("name", text), ("password", text))));
            yield return Got(
                $"{kind} as a search", $"/accounts/{OpenBank.Ada}?search={Uri.EscapeDataString(text)}", 200);
            yield return Got($"{kind} as a day", $"/accounts/{OpenBank.Ada}?from={Uri.EscapeDataString(text)}", 422);
            yield return Got(
                $"{kind} as everything else",
                $"/accounts/{OpenBank.Ada}?category={Uri.EscapeDataString(text)}&days={Uri.EscapeDataString(text)}"
                + $"&before={Uri.EscapeDataString(text)}",
                200);
            yield return Got($"{kind} as a page", "/" + Uri.EscapeDataString(text));
            yield return Got($"{kind} as a draft", "/transfer/" + Uri.EscapeDataString(text), 303);
        }
    }

    private static IEnumerable<HostileHttpRequest> Addresses()
    {
        foreach (var next in (string[])
        [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nSet-Cookie: a=b",
            "\\\\evil",
        ])
        {
            yield return new($"a sign-in that leads on to [{next}]", 303, async (ada, run) =>
            {
                var query = $"?next={Uri.EscapeDataString(next)}";
                await ada.PostAsync(
                    "/sign-in" + query,
                    await ada.FormAsync("/sign-in" + query, ("name", "ada"), ("password", OpenBank.Password)));
                return await ada.PostAsync(
                    "/sign-in/code" + query, await ada.FormAsync("/sign-in/code" + query, ("code", run.NextCode())));
            })
            { Location = "/" };
        }

        yield return Got("a way of sending by address alone", "/transfer/send?payment=x", 303);
        yield return Got("a way of leaving by address alone", "/sign-out");
        yield return new("another method", 405, (ada, _) =>
            ada.SendAsync(new(HttpMethod.Delete, $"/accounts/{OpenBank.Ada}")));
        yield return new("an address of 10,000 letters", 414, (ada, _) => ada.GetAsync("/" + new string('a', 10_000)));
    }

    private static IEnumerable<HostileHttpRequest> Bodies()
    {
        yield return Sent("a body that is far too long", 413, "/transfer", ("reference", new string('a', 100_000)));
        yield return Sent("a field that is too long", 400, "/transfer", ("reference", new string('a', 4_000)));
        yield return Sent(
            "a hundred fields", 400, "/transfer", [.. Enumerable.Range(0, 100).Select(each => ($"f{each}", "1"))]);
        yield return new("a field twice", 400, async (ada, _) => await ada.PostAsync(
            "/transfer", [.. await ada.TransferAsync(), KeyValuePair.Create("other", OpenBank.Charles)]));
        yield return Sent("an amount with a NUL in it", 400, "/transfer", ("amount", "5\u00005"));
        yield return Typed("a form that says it is JSON", "application/json", "{\"from\":1}");
        yield return Typed("a form of parts", "multipart/form-data; boundary=x", "--x--");
        yield return Typed("a form that says nothing", "text/plain", "from=1");
        yield return Typed("a form that is no text", "application/x-www-form-urlencoded", "%ff%fe&%&=&proof=\0", 403);

        static HostileHttpRequest Typed(string name, string type, string body, int status = 415) =>
            new(name, status, (ada, _) =>
            {
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                return ada.SendAsync(new(HttpMethod.Post, "/transfer") { Content = content });
            });
    }

    private static IEnumerable<HostileHttpRequest> Origins()
    {
        yield return Headed("another host", 400, ("Host", "evil.example"));
        yield return Headed("a host that only begins right", 400, ("Host", "localhost.evil.example"));
        yield return Headed("another site's page", 403, ("Origin", "https://evil.example"));
        yield return Headed("a page of this machine at another port", 403, ("Origin", "https://localhost:1"));
        yield return Headed("a page without TLS", 403, ("Origin", "http://bank.example"));
        yield return Headed("a page that comes from nowhere", 403, ("Origin", "null"));
        yield return Headed("a page of another site that hides its name", 403, ("Sec-Fetch-Site", "cross-site"));
        yield return Headed("a page of a neighbour", 403, ("Sec-Fetch-Site", "same-site"));
        yield return new("a proxy's word for another host", 303, (ada, _) =>
        {
            ada.Cookies.Clear();
            var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Original-URL", "/desk");
            return ada.SendAsync(request);
        })
        { Location = "/sign-in" };

        static HostileHttpRequest Headed(string name, int status, (string Name, string Value) header) =>
            new(name, status, async (ada, _) =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, "/transfer/send")
                {
                    Content = new FormUrlEncodedContent(await ada.ReviewAsync()),
                };
                request.Headers.TryAddWithoutValidation(header.Name, header.Value);
                return await ada.SendAsync(request);
            });
    }

    private static HostileHttpRequest Got(string name, string path, int status = 404) =>
        new(name, status, (ada, _) => ada.GetAsync(path));

    private static HostileHttpRequest Sent(string name, int status, string path, params (string, string)[] typed) =>
        new(name, status, async (ada, _) => await ada.PostAsync(path, await ada.TransferAsync(typed)));

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value);
}
