using System.Globalization;
using Bank.Protocol;
using Bank.Web.Payments;
using Bank.Web.Visits;

namespace Bank.Web.StandingOrders;

/// <summary>Payments that repeat by themselves: the list, a form for a new one, and ending one.</summary>
public static class StandingOrderRoutes
{
    private static readonly string[] Fields = [.. PaymentDesk.Fields, "first", "repeat", "last"];

    public static void Map(Routes routes)
    {
        routes.Get("/standing-orders", ShowAsync);
        routes.Get("/standing-orders/new", async visit =>
        {
            var desk = await PaymentDesk.LoadAsync(visit);
            await ShowFormAsync(visit, desk, desk.Begin(from: null));
        });
        routes.Get("/standing-orders/new/{draft}", ContinueAsync);
        routes.Post("/standing-orders/new", CreateAsync, keep: (visit, form) =>
            $"/standing-orders/new/{visit.Seal(PaymentDraft.Of(form, Fields))}");
        routes.Post("/standing-orders/end", EndAsync, keep: (_, _) => "/standing-orders");
    }

    private static async Task ShowAsync(Visit visit)
    {
        var orders = visit.AskAsync(new BankRequest.StandingOrders());
        var accounts = visit.AskAsync(new BankRequest.Accounts());
        await Task.WhenAll(orders, accounts);
        await visit.ShowAsync<StandingOrdersPage>(parameters: new()
        {
            [nameof(StandingOrdersPage.Orders)] = (await orders).Orders,
            [nameof(StandingOrdersPage.Accounts)] = (await accounts).Accounts,
            [nameof(StandingOrdersPage.Done)] = visit.Http.Request.Query["done"].ToString(),
        });
    }

    private static async Task ContinueAsync(Visit visit)
    {
        var draft = visit.Unseal<PaymentDraft>((string?)visit.Http.Request.RouteValues["draft"]);
        var desk = await PaymentDesk.LoadAsync(visit);
        await ShowFormAsync(visit, desk, draft?.ToForm() ?? desk.Begin(from: null));
    }

    private static async Task CreateAsync(Visit visit, Form form)
    {
        var desk = await PaymentDesk.LoadAsync(visit);
        var payment = desk.Read(form);
        var first = DayOf(form, "first", "Choose the first day, today or later.");
        var last = form["last"].Length == 0 ? null : DayOf(form, "last", "That is no day. Leave it empty for no end.");
        if (last < first)
        {
            form.Refuse("last", "The last day is before the first.");
        }

        if (!Enum.TryParse<Repeat>(form["repeat"], out var repeat) || !Enum.IsDefined(repeat))
        {
            form.Refuse("repeat", "Choose how often.");
        }

        if (payment is null || first is null || !form.IsFine)
        {
            await ShowFormAsync(visit, desk, form);
            return;
        }

        try
        {
            await visit.AskAsync(new BankRequest.CreateStandingOrder(
                payment.From, payment.To, payment.Amount, payment.Reference, payment.Category,
                first.Value, repeat, last, payment.Key));
            await visit.GoAsync("/standing-orders?done=created");
        }
        catch (BankException refused) when (refused.Error == BankError.LimitExceeded)
        {
            form.Refuse("amount", "A standing order pays at most "
                + $"{visit.ShowMoney(visit.Customer!.ApprovalOver)} at a time. Choose a smaller amount.");
            await ShowFormAsync(visit, desk, form);
        }
        catch (BankException refused) when (desk.Tell(refused.Error, form))
        {
            await ShowFormAsync(visit, desk, form);
        }
    }

    private static async Task EndAsync(Visit visit, Form form)
    {
        await visit.AskAsync(new BankRequest.EndStandingOrder(form["id"]));
        await visit.GoAsync("/standing-orders?done=ended");
    }

    private static DateOnly? DayOf(Form form, string name, string problem)
    {
        if (DateOnly.TryParseExact(
            form[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        form.Refuse(name, problem);
        return null;
    }

    private static Task ShowFormAsync(Visit visit, PaymentDesk desk, Form form) => visit.ShowAsync<NewOrderPage>(
        form.IsFine ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        new() { [nameof(NewOrderPage.Desk)] = desk, [nameof(NewOrderPage.Form)] = form });
}
