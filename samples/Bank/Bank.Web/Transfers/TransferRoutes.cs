using Bank.Protocol;
using Bank.Web.Payments;
using Bank.Web.Visits;

namespace Bank.Web.Transfers;

/// <summary>
/// A transfer in three pages: a form, a look at what it says, and a receipt. What one page hands to the next is sealed
/// into its address, so each may be loaded again, kept and gone back to; only one form moves money, and the key that
/// was made with the first page has it move once.
/// </summary>
public static class TransferRoutes
{
    private const int Attempts = 2;

    public static void Map(Routes routes)
    {
        routes.Get("/transfer", async visit =>
        {
            var desk = await PaymentDesk.LoadAsync(visit);
            await ShowFormAsync(visit, desk, desk.Begin(visit.Http.Request.Query["from"]));
        });
        routes.Get("/transfer/{draft}", ContinueAsync);
        routes.Post("/transfer", CheckAsync, keep: Keep);
        routes.Get("/transfer/review/{payment}", ReviewAsync);
        routes.Post("/transfer/send", SendAsync, keep: (_, form) => $"/transfer/review/{form["payment"]}");
        routes.Get("/transfer/done/{receipt}", visit => Kept<TransferReceipt>(visit, "receipt") is { } receipt
            ? visit.ShowAsync<ReceiptPage>(parameters: new() { [nameof(ReceiptPage.Receipt)] = receipt })
            : visit.GoAsync("/"));
    }

    private static string Keep(Visit visit, Form form) =>
        $"/transfer/{visit.Seal(PaymentDraft.Of(form, PaymentDesk.Fields))}";

    private static async Task ContinueAsync(Visit visit)
    {
        var desk = await PaymentDesk.LoadAsync(visit);
        var form = Kept<PaymentDraft>(visit, "draft")?.ToForm()
            ?? (Kept<Payment>(visit, "draft") is { } payment ? desk.Begin(payment) : null);
        await (form is null ? visit.GoAsync("/transfer") : ShowFormAsync(visit, desk, form));
    }

    private static async Task CheckAsync(Visit visit, Form form)
    {
        var desk = await PaymentDesk.LoadAsync(visit);
        var payment = desk.Read(form);
        if (payment is not null)
        {
            desk.CheckFunds(form, payment);
        }

        await (form.IsFine
            ? visit.GoAsync($"/transfer/review/{visit.Seal(payment!)}")
            : ShowFormAsync(visit, desk, form));
    }

    private static Task ReviewAsync(Visit visit) => Kept<Payment>(visit, "payment") is { } payment
        ? visit.ShowAsync<ReviewPage>(parameters: new()
        {
            [nameof(ReviewPage.Payment)] = payment,
            [nameof(ReviewPage.Sealed)] = visit.Seal(payment),
        })
        : visit.GoAsync("/transfer");

    private static async Task SendAsync(Visit visit, Form form)
    {
        if (visit.Unseal<Payment>(form["payment"]) is not { } payment)
        {
            await Refusal.ShowTooOldAsync(visit);
            return;
        }

        try
        {
            var done = await SendAsync(visit, payment);
            var receipt = new TransferReceipt(payment, done.Id, done.IsWaiting, done.Time, done.Balance);
            await visit.GoAsync($"/transfer/done/{visit.Seal(receipt)}");
        }
        catch (BankException refused) when (
            refused.Error is BankError.OutcomeUnknown or BankError.Unavailable or BankError.Busy)
        {
            await visit.ShowAsync<AgainPage>(StatusCodes.Status503ServiceUnavailable, new()
            {
                [nameof(AgainPage.Payment)] = payment,
                [nameof(AgainPage.Sealed)] = form["payment"],
                [nameof(AgainPage.IsKnown)] = refused.Error != BankError.OutcomeUnknown,
            });
        }
        catch (BankException refused) when (refused.Error != BankError.NotSignedIn)
        {
            var desk = await PaymentDesk.LoadAsync(visit);
            var again = desk.Begin(payment);
            if (!desk.Tell(refused.Error, again))
            {
                throw;
            }

            await ShowFormAsync(visit, desk, again);
        }
    }

    /// <summary>An answer that got lost is asked for again: the key has the money move once.</summary>
    private static async Task<BankReply.Transferred> SendAsync(Visit visit, Payment payment)
    {
        var request = new BankRequest.Transfer(
            payment.From, payment.To, payment.Amount, payment.Reference, payment.Category, payment.Key);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await visit.AskAsync(request);
            }
            catch (BankException lost) when (lost.Error == BankError.OutcomeUnknown && attempt < Attempts)
            {
                // Asking again settles whether it was done.
            }
        }
    }

    private static Task ShowFormAsync(Visit visit, PaymentDesk desk, Form form) => visit.ShowAsync<TransferPage>(
        form.IsFine ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        new() { [nameof(TransferPage.Desk)] = desk, [nameof(TransferPage.Form)] = form });

    private static T? Kept<T>(Visit visit, string name)
        where T : class => visit.Unseal<T>((string?)visit.Http.Request.RouteValues[name]);
}
