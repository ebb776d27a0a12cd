using System.Globalization;
using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.SignIn;

/// <summary>Coming in, in two steps, and leaving.</summary>
public static class SignInRoutes
{
    public static void Map(Routes routes)
    {
        routes.GetOpen("/sign-in", visit => ShowAsync(visit, Form.Empty, StatusCodes.Status200OK));
        routes.PostOpen("/sign-in", TryPasswordAsync);
        routes.GetOpen("/sign-in/code", visit => visit.Challenge is null
            ? visit.GoAsync(LocalPath.With("/sign-in", NextOf(visit)))
            : ShowCodeAsync(visit, Form.Empty, StatusCodes.Status200OK));
        routes.PostOpen("/sign-in/code", TryCodeAsync);
        routes.PostOpen("/sign-out", (visit, _) => LeaveAsync(visit, new BankRequest.SignOut()));
        routes.PostOpen("/sign-out/everywhere", (visit, _) => LeaveAsync(visit, new BankRequest.SignOutEverywhere()));
    }

    private static async Task TryPasswordAsync(Visit visit, Form form)
    {
        try
        {
            var started = await visit.AskAsync(new BankRequest.SignIn(form["name"].Trim(), form["password"]));
            visit.Challenge = started.Challenge;
            await visit.GoAsync(LocalPath.With("/sign-in/code", NextOf(visit)));
        }
        catch (BankException refused) when (ProblemOf(refused) is { } problem)
        {
            form.Refuse(refused.Error == BankError.LockedOut ? "name" : "password", problem);
            await ShowAsync(visit, form, StatusOf(visit, refused));
        }
    }

    private static async Task TryCodeAsync(Visit visit, Form form)
    {
        if (visit.Challenge is not { } challenge)
        {
            await visit.GoAsync(LocalPath.With("/sign-in", NextOf(visit)));
            return;
        }

        try
        {
            var code = string.Concat(form["code"].Where(letter => letter is not (' ' or '-')));
            var signedIn = await visit.AskAsync(new BankRequest.ConfirmSignIn(challenge, code));
            visit.Enter(new(signedIn.Token, signedIn.Who.Name, TimeSpan.FromSeconds(signedIn.IdleSeconds)));
            await visit.GoAsync(NextOf(visit));
        }
        catch (BankException refused) when (refused.Error == BankError.NotSignedIn)
        {
            visit.Challenge = null;
            await visit.GoAsync(LocalPath.With("/sign-in", NextOf(visit), "why=slow&"));
        }
        catch (BankException refused) when (ProblemOf(refused) is { } problem)
        {
            form.Refuse("code", problem);
            await ShowCodeAsync(visit, form, StatusOf(visit, refused));
        }
    }

    private static async Task LeaveAsync(Visit visit, BankRequest<BankReply.Done> request)
    {
        try
        {
            await visit.AskAsync(request);
        }
        catch (BankException refused) when (refused.Error == BankError.NotSignedIn)
        {
            // Whoever wants to leave and has left already has what they want.
        }

        visit.Leave();
        await visit.GoAsync($"/sign-in?why={(request is BankRequest.SignOut ? "out" : "everywhere")}");
    }

    private static string? ProblemOf(BankException refused) => refused.Error switch
    {
        // Which of them is wrong would tell a stranger who is a customer here.
        BankError.WrongCredentials or BankError.InvalidText or BankError.BadRequest =>
            "That is not right, or has been used before. Check it and try again; after some more attempts you would "
            + "have to wait.",
        BankError.LockedOut =>
            $"There were too many wrong attempts. Try again in {ShowWait(refused.RetryAfter)}. If it was not you who "
            + "tried, nobody came in.",
        _ => null,
    };

    private static string ShowWait(TimeSpan? wait) => SecondsOf(wait) switch
    {
        1 => "1 second",
        < 60 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds} seconds"),
        60 => "1 minute",
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{(seconds + 59) / 60} minutes"),
    };

    private static int SecondsOf(TimeSpan? wait) =>
        (int)Math.Ceiling((wait ?? TimeSpan.FromMinutes(1)).TotalSeconds);

    private static int StatusOf(Visit visit, BankException refused)
    {
        if (refused.Error != BankError.LockedOut)
        {
            return StatusCodes.Status422UnprocessableEntity;
        }

        visit.Http.Response.Headers.RetryAfter =
            SecondsOf(refused.RetryAfter).ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status429TooManyRequests;
    }

    private static string NextOf(Visit visit) => LocalPath.Checked(visit.Http.Request.Query["next"]);

    private static Task ShowAsync(Visit visit, Form form, int status) => visit.ShowAsync<SignInPage>(status, new()
    {
        [nameof(SignInPage.Form)] = form,
        [nameof(SignInPage.Next)] = NextOf(visit),
        [nameof(SignInPage.Why)] = visit.Http.Request.Query["why"].ToString(),
    });

    private static Task ShowCodeAsync(Visit visit, Form form, int status) => visit.ShowAsync<CodePage>(status, new()
    {
        [nameof(CodePage.Form)] = form,
        [nameof(CodePage.Next)] = NextOf(visit),
    });
}
