using System.Globalization;
using Bank.Protocol;
using Bank.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace Bank.Web.Visits;

/// <summary>One request of one browser: who asks, how they read, and every way to answer.</summary>
public sealed class Visit
{
    private const int BrowserIdBytes = 16;

    private readonly WebParts _parts;
    private readonly VisitCookies _cookies;

    public Visit(HttpContext http, WebParts parts)
    {
        Http = http;
        _parts = parts;
        _cookies = new VisitCookies(http);
        Locale = ReaderLocale.For(http.Request.Headers.AcceptLanguage);
        SignIn = SignInState.FromCookie(_cookies.SignIn);
        Browser = _cookies.Browser ?? Chance.Text(BrowserIdBytes);
        if (_cookies.Browser is null)
        {
            _cookies.Browser = Browser;
        }
    }

    public HttpContext Http { get; }

    public ReaderLocale Locale { get; }

    /// <summary>Tells browsers apart, and nothing else.</summary>
    public string Browser { get; }

    /// <summary>What the browser says; whether it is true, only the application tier knows.</summary>
    public SignInState? SignIn { get; private set; }

    /// <summary>Who has signed in, as the application tier says; null on pages that need nobody.</summary>
    public BankReply.Customer? Customer { get; private set; }

    /// <summary>How many transfers this customer could let happen.</summary>
    public int Waiting { get; private set; }

    /// <summary>This page, for who comes back to it.</summary>
    public string Here => HttpMethods.IsPost(Http.Request.Method) ? "/" : Http.Request.Path + Http.Request.QueryString;

    /// <summary>Behind which entry of a list its next page begins; null for the first page.</summary>
    public long? Before => long.TryParse(
        Http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : null;

    /// <summary>The bank's day; it is the same everywhere.</summary>
    public DateOnly Today => DateOnly.FromDateTime(_parts.Time.GetUtcNow().UtcDateTime);

    /// <summary>What a form carries to be heard.</summary>
    public string FormToken => Visits.FormToken.For(Browser, SignIn);

    public string Currency => Customer?.Currency ?? "";

    public CancellationToken Left => Http.RequestAborted;

    public string ShowMoney(long minorUnits) => Locale.ShowMoney(minorUnits, Currency);

    public string ShowDay(DateTimeOffset time) => Locale.Show(DateOnly.FromDateTime(time.UtcDateTime));

    /// <summary>Asks the application tier, as whoever has signed in.</summary>
    /// <exception cref="BankException">It refused, or could not be reached.</exception>
    public Task<TReply> AskAsync<TReply>(BankRequest<TReply> request)
        where TReply : BankReply =>
        _parts.Bank.AskAsync(request with { Token = SignIn?.Token }, Left);

    /// <summary>Finds out who has signed in.</summary>
    /// <exception cref="BankException">Nobody has.</exception>
    public async Task IdentifyAsync()
    {
        var who = AskAsync(new BankRequest.WhoAmI());
        var approvals = AskAsync(new BankRequest.Approvals());
        await Task.WhenAll(who, approvals);
        Customer = await who;
        Waiting = (await approvals).Approvals.Count(approval => approval.MayApprove);
    }

    /// <summary>Keeps something for this customer in this browser alone.</summary>
    public string Seal<T>(T value) => _parts.Seal.Close(value, Owner);

    /// <summary>What was kept; null if it is not this one's, or was kept too long ago.</summary>
    public T? Unseal<T>(string? text)
        where T : class =>
        text is not null && _parts.Seal.TryOpen<T>(text, Owner, out var value) ? value : null;

    /// <summary>Has the browser signed in from now on.</summary>
    public void Enter(SignInState signIn)
    {
        SignIn = signIn;
        _cookies.SignIn = signIn.ToCookie();
        _cookies.Challenge = null;
    }

    /// <summary>Has the browser forget who signed in.</summary>
    public void Leave()
    {
        SignIn = null;
        _cookies.SignIn = null;
        _cookies.Challenge = null;
    }

    /// <summary>What the first step of signing in gave, until the second is done.</summary>
    public string? Challenge
    {
        get => _cookies.Challenge;
        set => _cookies.Challenge = value;
    }

    /// <summary>Answers with a page.</summary>
    /// <param name="status">Of HTTP.</param>
    /// <param name="parameters">Those of the page, by their names.</param>
    public Task ShowAsync<TPage>(int status = StatusCodes.Status200OK, Dictionary<string, object?>? parameters = null)
        where TPage : IComponent =>
        _parts.Pages.ShowAsync<TPage>(this, status, parameters ?? []);

    /// <summary>Sends the browser on, so that neither reload nor back repeats what a form did.</summary>
    /// <param name="path">Of this site.</param>
    public Task GoAsync(string path)
    {
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    private string Owner => $"{Browser}\n{SignIn?.Name}";
}
