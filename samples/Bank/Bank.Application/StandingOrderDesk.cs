using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>Transfers that are due again and again: given, ended, and carried out once for each due date.</summary>
internal sealed class StandingOrderDesk(BankRules rules, MoneyDesk money, TimeProvider time)
{
    private const int MaxYearsAhead = 2;

    public void Check(BankRequest.CreateStandingOrder asked)
    {
        money.CheckMove(asked.From, asked.To, asked.Amount, asked.Reference, asked.Category);
        Wanted.Key(asked.Key);
        if (!Enum.IsDefined(asked.Repeat)
            || asked.First < Today
            || asked.First > Today.AddYears(MaxYearsAhead)
            || asked.Last < asked.First)
        {
            throw new BankException(BankError.InvalidRange, "It begins today or later, and ends behind that.");
        }
    }

    public BankReply Create(Desk desk, Caller caller, BankRequest.CreateStandingOrder asked)
    {
        var (payer, payee) = MoneyDesk.Lock(desk, asked.From, asked.To, caller.Name);
        if (!payer.IsHeld)
        {
            throw Wanted.NoAccount();
        }

        var fingerprint = MoneyDesk.FingerprintOf(asked);
        if (MoneyDesk.AnsweredBefore(desk, caller, asked.Key, fingerprint) is { } earlier)
        {
            return earlier;
        }

        if (asked.Amount > rules.ApprovalOver && !payee.IsHeld)
        {
            throw new BankException(BankError.LimitExceeded, "What needs a second person cannot be a standing order.");
        }

        if (StandingOrders.CountActive(desk, caller.Name) >= rules.MaxStandingOrders)
        {
            throw new BankException(BankError.LimitExceeded, $"More than {rules.MaxStandingOrders} are too many.");
        }

        var order = new BankReply.StandingOrder(
            money.NewId(),
            asked.From,
            asked.To,
            payee.Owner,
            asked.Amount,
            asked.Reference,
            asked.Category,
            asked.Repeat,
            asked.First,
            asked.Last,
            NextDue: asked.First);
        StandingOrders.Add(desk, order, caller.Name, time.GetUtcNow());
        Report(desk, caller.Name, "standing-order", order, $"{order.Repeat} {rules.Show(order.Amount)} to {order.To}");
        Answers.Add(desk, caller.Name, asked.Key, fingerprint, BankFrame.ToText(order));

        return order;
    }

    public BankReply.Done End(Desk desk, Caller caller, string id)
    {
        Wanted.Id(id);
        if (StandingOrders.Find(desk, id) is not var (order, _) || !Ledger.IsHolder(desk, order.From, caller.Name))
        {
            throw new BankException(BankError.NotFound, "There is no such standing order.");
        }

        if (StandingOrders.TryEnd(desk, id))
        {
            Report(desk, caller.Name, "standing-order-ended", order, "Ended");
        }

        return new BankReply.Done();
    }

    /// <summary>
    /// Carries one order out for one due date, or says in the audit trail why not. The date moves on in the same
    /// transaction, by an update that lets one server through: so each date counts once, whoever is killed.
    /// </summary>
    /// <returns>Whether it may be due again today: the bank may have been closed for some dates.</returns>
    public bool CarryOut(Desk desk, string id)
    {
        if (StandingOrders.Find(desk, id) is not var (order, customer)
            || order.NextDue is not { } due || due > Today
            || !StandingOrders.TryAdvance(desk, id, due, NextAfter(order, due)))
        {
            return false;
        }

        var (payer, payee) = MoneyDesk.Lock(desk, order.From, order.To, customer);
        var move = money.NewMove(payer, payee, order.Amount, order.Reference, order.Category, customer);
        try
        {
            MoneyDesk.CheckFunds(move);
            money.Post(desk, move, who: "", "standing-order-carried-out");
        }
        catch (BankException refused)
        {
            Report(desk, who: "", "standing-order-left-out", order, $"Due on {due:yyyy-MM-dd}: {refused.Error}");
        }

        return true;
    }

    public IReadOnlyList<string> Due(Desk desk, int take) => StandingOrders.Due(desk, Today, take);

    /// <summary>
    /// The due date behind one; a month without the first date's day takes its last. Null behind the last.
    /// </summary>
    public static DateOnly? NextAfter(BankReply.StandingOrder order, DateOnly due)
    {
        var months = ((due.Year - order.First.Year) * 12) + due.Month - order.First.Month;
        var next = order.Repeat == Repeat.Weekly ? due.AddDays(7) : order.First.AddMonths(months + 1);

        return next > order.Last ? null : next;
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private void Report(Desk desk, string who, string action, BankReply.StandingOrder order, string what) =>
        Audit.Write(desk, time.GetUtcNow(), who, action, order.From, $"{what}, order {order.Id}.");
}
