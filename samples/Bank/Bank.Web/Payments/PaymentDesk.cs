using System.Globalization;
using Bank.Protocol;
using Bank.Web.Reading;
using Bank.Web.Visits;

namespace Bank.Web.Payments;

/// <summary>Where a customer may pay from and to, and what their form says about it.</summary>
public sealed record PaymentDesk(
    Visit Visit, IReadOnlyList<BankReply.Account> Accounts, IReadOnlyList<BankReply.Payee> Payees)
{
    public const string OtherPayee = "other";
    public const int MaxReferenceChars = 140;

    /// <summary>The fields of a payment's form.</summary>
    public static readonly IReadOnlyList<string> Fields =
        ["from", "to", "other", "amount", "reference", "category", "key"];

    private const string ReferenceMarks = " /-?:().,'+#&";

    public static async Task<PaymentDesk> LoadAsync(Visit visit)
    {
        var accounts = visit.AskAsync(new BankRequest.Accounts());
        var payees = visit.AskAsync(new BankRequest.Payees());
        await Task.WhenAll(accounts, payees);
        var own = (await accounts).Accounts;
        var others = (await payees).Payees.Where(payee => own.All(account => account.Number != payee.Account));
        return new(visit, own, [.. others]);
    }

    /// <summary>A form to begin with.</summary>
    /// <param name="from">The account that pays; null for the first that can.</param>
    public Form Begin(string? from) => new(new Dictionary<string, string>
    {
        ["from"] = Accounts.FirstOrDefault(each => each.Number == from)?.Number
            ?? Accounts.FirstOrDefault(each => !each.IsFrozen)?.Number ?? "",
        ["key"] = Chance.Key(),
    });

    /// <summary>The form that would say this payment, to change it.</summary>
    public Form Begin(Payment payment)
    {
        var isKnown = payment.ToName.Length > 0;
        return new(new Dictionary<string, string>
        {
            ["from"] = payment.From,
            ["to"] = isKnown ? payment.To : OtherPayee,
            ["other"] = isKnown ? "" : AccountText.Show(payment.To),
            ["amount"] = Visit.Locale.ShowNumber(payment.Amount),
            ["reference"] = payment.Reference,
            ["category"] = $"{payment.Category}",
            ["key"] = Chance.Key(),
        });
    }

    /// <summary>What the form says; null if something is wrong with it, which is said beside its fields.</summary>
    public Payment? Read(Form form)
    {
        var from = Accounts.FirstOrDefault(account => account.Number == form["from"]);
        if (from is null)
        {
            form.Refuse("from", "Choose the account that pays.");
        }

        var (to, field) = PayeeOf(form);
        if (to is not null && to == from?.Number)
        {
            form.Refuse(field, "That is the account that pays. Choose another one.");
        }

        var amount = AmountOf(form);
        var reference = form["reference"].Trim();
        if (reference.Length > MaxReferenceChars || !reference.All(IsReferenceLetter))
        {
            form.Refuse(
                "reference", $"Write at most {MaxReferenceChars} letters, digits, spaces and / - ? : ( ) . , ' + # &");
        }

        if (!Enum.TryParse<Category>(form["category"], out var category) || !Enum.IsDefined(category))
        {
            category = Category.Other;
        }

        return form.IsFine
            ? new(
                from!.Number, from.Name, to!, NameOf(to!), amount, reference, category,
                Accounts.Any(account => account.Number == to), form["key"])
            : null;
    }

    /// <summary>Says beside the fields what the account cannot do; the application tier has the last word.</summary>
    public void CheckFunds(Form form, Payment payment)
    {
        var from = Accounts.First(account => account.Number == payment.From);
        if (from.IsFrozen)
        {
            PaymentProblems.Tell(BankError.AccountFrozen, form, Visit, from);
        }
        else if (payment.Amount > from.Balance + from.Overdraft)
        {
            PaymentProblems.Tell(BankError.InsufficientFunds, form, Visit, from);
        }
        else if (!payment.IsBetweenOwn && payment.Amount > from.DailyLimit - from.SpentToday)
        {
            PaymentProblems.Tell(BankError.LimitExceeded, form, Visit, from);
        }
    }

    /// <summary>Says beside its field what the application tier refused; false if it is about no field.</summary>
    public bool Tell(BankError error, Form form) => PaymentProblems.Tell(
        error, form, Visit, Accounts.FirstOrDefault(account => account.Number == form["from"]) ?? Accounts[0]);

    private static bool IsReferenceLetter(char letter) =>
        char.IsLetterOrDigit(letter) || ReferenceMarks.Contains(letter, StringComparison.Ordinal);

    private static (string? Number, string Field) PayeeOf(Form form)
    {
        var field = form["to"] is OtherPayee or "" ? "other" : "to";
        var number = AccountNumber.Read(form[field]);
        if (number is null)
        {
            form.Refuse(field, form[field].Length == 0
                ? "Write the number of the account that is paid: 12 digits."
                : "That is no account of this bank. Its 12 digits begin with 7342; one of them may be mistyped.");
        }

        return (number, field);
    }

    private long AmountOf(Form form)
    {
        if (!Visit.Locale.TryReadAmount(form["amount"], out var amount))
        {
            form.Refuse("amount", string.Create(
                CultureInfo.InvariantCulture,
                $"Write the amount as {Visit.Locale.ShowNumber(123450)} or {Visit.Locale.ShowNumber(1200)}."));
        }
        else if (amount == 0)
        {
            form.Refuse("amount", $"Write an amount of {Visit.Locale.ShowNumber(1)} or more.");
        }

        return amount;
    }

    private string NameOf(string number) =>
        Accounts.FirstOrDefault(account => account.Number == number)?.Name
        ?? Payees.FirstOrDefault(payee => payee.Account == number)?.Name
        ?? "";
}
