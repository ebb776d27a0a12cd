using Bank.Protocol;
using Bank.Web.Visits;

namespace Bank.Web.Payments;

/// <summary>What refusals of the application tier mean to who fills in the form of a payment.</summary>
public static class PaymentProblems
{
    /// <summary>Says it beside its field; false if it is about none.</summary>
    public static bool Tell(BankError error, Form form, Visit visit, BankReply.Account from)
    {
        var (field, problem) = Of(error, visit, from);
        if (problem.Length > 0)
        {
            form.Refuse(field, problem);
        }

        return problem.Length > 0;
    }

    private static (string Field, string Problem) Of(
        BankError error, Visit visit, BankReply.Account from) => error switch
    {
        BankError.InsufficientFunds => ("amount",
            $"{from.Name} has {visit.ShowMoney(from.Balance + from.Overdraft)} to give. Send less, or move money there "
            + "from another account first."),
        BankError.LimitExceeded => ("amount",
            $"{visit.ShowMoney(Math.Max(0, from.DailyLimit - from.SpentToday))} of today's limit of "
            + $"{visit.ShowMoney(from.DailyLimit)} is left in {from.Name}. Send less, or send the rest tomorrow; the "
            + "bank can raise the limit."),
        BankError.AccountFrozen => ("from",
            $"{from.Name} is frozen, so no money leaves it. Choose another account, or ask the bank why."),
        BankError.InvalidAmount => ("amount", "That is more than an account can hold. Write a smaller amount."),
        BankError.InvalidPayee => ("to",
            "There is no account of this number, or it is the one that pays. Compare the number with where you have it "
            + "from."),
        BankError.InvalidText => ("reference", "The bank does not take some of these letters. Use plain ones."),
        BankError.InvalidRange => ("first", "The bank does not take these days. The first is today or later."),
        BankError.KeyReused => ("amount",
            "This form has sent another payment already. Look at the statement before you send this one, too."),
        BankError.NotFound or BankError.Forbidden => ("from", "Choose an account of yours."),
        _ => ("", ""),
    };
}
