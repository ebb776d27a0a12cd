using System.Globalization;
using Bank.Protocol;
using Bank.Web.Frame;

namespace Bank.Web.Visits;

/// <summary>What a page says instead of its answer: one table for what the application tier and HTTP refuse.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Title">What happened.</param>
/// <param name="Advice">What it means, and what to do next.</param>
public sealed record Refusal(int Status, string Title, string Advice)
{
    private const int RetryAfterSeconds = 5;

    private static readonly Refusal NotHere = new(
        StatusCodes.Status404NotFound,
        "There is no such page",
        "Either nothing is at this address, or it is not yours to see.");

    private static readonly Refusal Later = new(
        StatusCodes.Status503ServiceUnavailable,
        "The bank cannot be reached right now",
        "Nothing was changed. Please try again in a moment.");

    // It cannot say that nothing was changed: whoever sends a form again may be asking what became of it.
    private static readonly Refusal TooOld = new(
        StatusCodes.Status400BadRequest,
        "This form is too old to be sent",
        "It was shown more than an hour ago, or to somebody else. If you have sent it before, your statement shows "
            + "what became of it; if it is not there, begin again.");

    /// <summary>For a form whose sealed part cannot be opened any more.</summary>
    public static Task ShowTooOldAsync(Visit visit) => ShowAsync(visit, TooOld);

    public static Task ShowAsync(Visit visit, int status) => ShowAsync(visit, Of(status));

    public static Task ShowAsync(Visit visit, BankException refused)
    {
        if (refused.Error == BankError.NotSignedIn)
        {
            // It ended between two requests for the same page.
            visit.Leave();
            return visit.GoAsync(LocalPath.With("/sign-in", visit.Here, "why=ended&"));
        }

        return ShowAsync(visit, Of(refused.Error));
    }

    private static Task ShowAsync(Visit visit, Refusal refusal)
    {
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            visit.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return visit.ShowAsync<ProblemPage>(refusal.Status, new()
        {
            [nameof(ProblemPage.Title)] = refusal.Title,
            [nameof(ProblemPage.Advice)] = refusal.Advice,
        });
    }

    private static Refusal Of(BankError error) => error switch
    {
        BankError.Forbidden or BankError.NotFound => NotHere,
        BankError.Busy or BankError.Unavailable => Later,
        BankError.OutcomeUnknown => new(
            StatusCodes.Status503ServiceUnavailable,
            "We do not know yet whether that was done",
            "The answer got lost on its way. Look at the page you came from: it shows what is true now."),
        BankError.AlreadyDecided => new(
            StatusCodes.Status409Conflict,
            "This has been decided already",
            "Somebody was quicker, or it waited too long. The list of approvals shows what became of it."),
        BankError.InsufficientFunds => new(
            StatusCodes.Status422UnprocessableEntity,
            "There is not enough money in the account",
            "Nothing was moved. It can be done once there is."),
        BankError.LimitExceeded => new(
            StatusCodes.Status422UnprocessableEntity,
            "That is over the limit for today",
            "Nothing was moved. The limit counts from midnight UTC anew."),
        BankError.AccountFrozen => new(
            StatusCodes.Status422UnprocessableEntity,
            "The account is frozen",
            "Nothing was moved. The bank tells its holders why, and what to do."),
        BankError.BadRequest or BankError.InvalidAmount or BankError.InvalidText or BankError.InvalidRange
            or BankError.InvalidPayee or BankError.KeyReused => Of(StatusCodes.Status400BadRequest),
        _ => Of(StatusCodes.Status500InternalServerError),
    };

    private static Refusal Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(
            status, "That cannot be understood", "No page of this bank asks like that. Nothing was changed."),
        StatusCodes.Status403Forbidden => new(
            status,
            "This form is out of date",
            "It was shown before somebody signed in or out in this browser. Nothing was changed: open the page anew."),
        StatusCodes.Status404NotFound => NotHere,
        StatusCodes.Status405MethodNotAllowed => new(
            status, "This page cannot be asked like that", "Nothing was changed. Start again from the overview."),
        StatusCodes.Status413PayloadTooLarge => new(
            status, "That is too much", "No form of this bank is that long. Nothing was changed."),
        StatusCodes.Status415UnsupportedMediaType => new(
            status, "That is no form of this bank", "Nothing was changed."),
        StatusCodes.Status500InternalServerError => new(
            status, "Something went wrong at the bank", "Nothing was changed. Please try again in a moment."),
        _ => new(status, "That cannot be answered", "Nothing was changed."),
    };
}
