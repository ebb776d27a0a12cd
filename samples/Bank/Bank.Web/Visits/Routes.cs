using Bank.Protocol;

namespace Bank.Web.Visits;

/// <summary>Maps paths to pages. What every page has to check is checked here, so that none can forget it.</summary>
public sealed class Routes(IEndpointRouteBuilder site, WebParts parts)
{
    /// <summary>A page for everybody.</summary>
    public void GetOpen(string path, Func<Visit, Task> answer) =>
        site.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], http => TryAsync(http, answer));

    /// <summary>A form for everybody.</summary>
    public void PostOpen(string path, Func<Visit, Form, Task> answer) =>
        site.MapPost(path, http => TryAsync(http, visit => HearAsync(visit, answer)));

    /// <summary>A page for who has signed in.</summary>
    public void Get(string path, Func<Visit, Task> answer, Audience audience = Audience.SignedIn) =>
        GetOpen(path, visit => AnswerAsync(visit, audience, () => visit.Here, () => answer(visit)));

    /// <summary>A form for who has signed in.</summary>
    /// <param name="path">What it is posted to.</param>
    /// <param name="answer">Does what it says.</param>
    /// <param name="audience">Who may post it.</param>
    /// <param name="keep">The page that shows again what was typed, for who has to sign in again first.</param>
    public void Post(
        string path,
        Func<Visit, Form, Task> answer,
        Audience audience = Audience.SignedIn,
        Func<Visit, Form, string>? keep = null) =>
        PostOpen(path, (visit, form) =>
            AnswerAsync(visit, audience, () => keep?.Invoke(visit, form) ?? "/", () => answer(visit, form)));

    private async Task TryAsync(HttpContext http, Func<Visit, Task> answer)
    {
        var visit = new Visit(http, parts);
        try
        {
            await answer(visit);
        }
        catch (BankException refused) when (!http.Response.HasStarted)
        {
            if (refused.Error is BankError.Unavailable or BankError.OutcomeUnknown or BankError.Failed)
            {
                parts.Log.LogWarning("{Path}: {Error}: {Message}", http.Request.Path, refused.Error, refused.Message);
            }

            await Refusal.ShowAsync(visit, refused);
        }
        catch (BadHttpRequestException wrong)
        {
            await Refusal.ShowAsync(visit, wrong.StatusCode);
        }
        catch (InvalidDataException)
        {
            await Refusal.ShowAsync(visit, StatusCodes.Status400BadRequest);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !http.Response.HasStarted)
        {
            parts.Log.LogError(failure, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
            await Refusal.ShowAsync(visit, StatusCodes.Status500InternalServerError);
        }
    }

    private static async Task HearAsync(Visit visit, Func<Visit, Form, Task> answer)
    {
        var form = await Form.ReadAsync(visit.Http.Request);
        if (form is null)
        {
            await Refusal.ShowAsync(visit, StatusCodes.Status415UnsupportedMediaType);
        }
        else if (!FormToken.IsRight(form[FormToken.FieldName], visit.Browser, visit.SignIn))
        {
            await Refusal.ShowAsync(visit, StatusCodes.Status403Forbidden);
        }
        else
        {
            await answer(visit, form);
        }
    }

    private static async Task AnswerAsync(Visit visit, Audience audience, Func<string> afterwards, Func<Task> answer)
    {
        if (visit.SignIn is null)
        {
            await visit.GoAsync(LocalPath.With("/sign-in", afterwards()));
            return;
        }

        try
        {
            await visit.IdentifyAsync();
        }
        catch (BankException refused) when (refused.Error == BankError.NotSignedIn)
        {
            var path = LocalPath.With("/sign-in", afterwards(), "why=ended&");
            visit.Leave();
            await visit.GoAsync(path);
            return;
        }

        await (audience == Audience.Officers && visit.Customer is not { IsOfficer: true }
            ? Refusal.ShowAsync(visit, StatusCodes.Status404NotFound)
            : answer());
    }
}
