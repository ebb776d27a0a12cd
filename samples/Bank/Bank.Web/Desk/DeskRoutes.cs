using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Desk;

/// <summary>The pages of who works for the bank: all accounts, what is frozen, what may leave in a day.</summary>
public static class DeskRoutes
{
    private const int AccountsOfPage = 50;
    private const int MaxReasonChars = 140;

    public static void Map(Routes routes)
    {
        routes.Get("/desk", ShowAsync, Audience.Officers);
        routes.Post("/desk/limit", LimitAsync, Audience.Officers);
        routes.Post("/desk/freeze", (visit, form) => ReasonAsync(
            visit, form, reason => new BankRequest.Freeze(form["account"], reason)), Audience.Officers);
        routes.Post("/desk/unfreeze", (visit, form) => ReasonAsync(
            visit, form, reason => new BankRequest.Unfreeze(form["account"], reason)), Audience.Officers);
    }

    private static Task ShowAsync(Visit visit) => ShowAsync(visit, Form.Empty);

    private static async Task ShowAsync(Visit visit, Form form)
    {
        var after = AccountNumber.Read(visit.Http.Request.Query["after"]);
        var list = await visit.AskAsync(new BankRequest.AllAccounts(after, AccountsOfPage));
        await visit.ShowAsync<DeskPage>(
            form.IsFine ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            new()
            {
                [nameof(DeskPage.Accounts)] = list.Accounts,
                [nameof(DeskPage.IsFirst)] = after is null,
                [nameof(DeskPage.Next)] = list.Accounts.Count == AccountsOfPage ? list.Accounts[^1].Number : null,
                [nameof(DeskPage.Form)] = form,
            });
    }

    private static async Task LimitAsync(Visit visit, Form form)
    {
        if (visit.Locale.TryReadAmount(form["limit"], out var limit))
        {
            await visit.AskAsync(new BankRequest.SetDailyLimit(form["account"], limit));
            await visit.GoAsync("/desk");
        }
        else
        {
            form.Refuse($"limit-{form["account"]}", $"Write the limit as {visit.Locale.ShowNumber(500_000)}.");
            await ShowAsync(visit, form);
        }
    }

    private static async Task ReasonAsync(
        Visit visit, Form form, Func<string, BankRequest<BankReply.Done>> request)
    {
        var reason = form["reason"].Trim();
        if (reason.Length is > 0 and <= MaxReasonChars)
        {
            await visit.AskAsync(request(reason));
            await visit.GoAsync("/desk");
        }
        else
        {
            form.Refuse(
                $"reason-{form["account"]}", $"Say why in at most {MaxReasonChars} letters: the audit trail keeps it.");
            await ShowAsync(visit, form);
        }
    }
}
