using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>What customers may know about their accounts, and what holders and officers may set.</summary>
internal sealed class AccountDesk(BankRules rules, TimeProvider time)
{
    private const int MaxDays = 366;

    public BankReply.AccountList List(Desk desk, Caller caller) =>
        new(Statements.AccountsOf(desk, caller.Name, Today));

    public BankReply.AccountList ListAll(Desk desk, Caller caller, BankRequest.AllAccounts asked)
    {
        ForOfficers(caller);
        Wanted.Page(asked.Take);
        if (asked.After is { } after)
        {
            Wanted.OwnAccount(after);
        }

        return new(Statements.All(desk, asked.After ?? "", asked.Take, Today));
    }

    public BankReply.StatementPage Statement(Desk desk, Caller caller, BankRequest.Statement asked)
    {
        Wanted.Page(asked.Take);
        Wanted.Search(asked.Search);
        if (asked.Category is { } category)
        {
            Wanted.Category(category);
        }

        var account = Find(desk, caller, asked.Account);
        var entries = Statements.Entries(desk, asked);
        var hasMore = entries.Count > asked.Take;
        entries = hasMore ? entries[..asked.Take] : entries;

        return new(account, entries, hasMore ? entries[^1].Number : null);
    }

    public BankReply.BalancePoints History(Desk desk, Caller caller, BankRequest.BalanceHistory asked)
    {
        Wanted.Range(asked.Days, MaxDays, "A number of days");
        var account = Find(desk, caller, asked.Account);

        return new(Statements.History(desk, account.Number, Today.AddDays(1 - asked.Days), Today));
    }

    public BankReply.SpendingList Spending(Desk desk, Caller caller, BankRequest.Spending asked)
    {
        Wanted.Range(asked.Days, MaxDays, "A number of days");

        return new(Statements.Spending(desk, caller.Name, Today.AddDays(1 - asked.Days)));
    }

    public BankReply.Done SetDailyLimit(Desk desk, Caller caller, BankRequest.SetDailyLimit asked)
    {
        if (asked.Limit < 0 || asked.Limit > rules.MaxDailyLimit)
        {
            throw new BankException(BankError.InvalidAmount, $"A limit is from 0 to {rules.MaxDailyLimit}.");
        }

        // Locked before it is compared: two that lower it at the same time must not raise it.
        Wanted.OwnAccount(asked.Account);
        Ledger.Lock(desk, asked.Account, asked.Account, caller.Name);
        var account = Find(desk, caller, asked.Account);
        if (asked.Limit > account.DailyLimit && !caller.IsOfficer)
        {
            throw new BankException(BankError.Forbidden, "Only an officer raises a limit.");
        }

        Ledger.SetDailyLimit(desk, asked.Account, asked.Limit);
        var change = $"From {rules.Show(account.DailyLimit)} to {rules.Show(asked.Limit)}.";
        Report(desk, caller, "daily-limit", asked.Account, change);

        return new BankReply.Done();
    }

    public BankReply.Done SetFrozen(Desk desk, Caller caller, string account, string reason, bool isFrozen)
    {
        ForOfficers(caller);
        Wanted.OwnAccount(account);
        Wanted.Reason(reason);
        if (!Ledger.TrySetFrozen(desk, account, isFrozen))
        {
            throw Wanted.NoAccount();
        }

        Report(desk, caller, isFrozen ? "freeze" : "unfreeze", account, reason);

        return new BankReply.Done();
    }

    public static BankReply.AuditPage AuditTrail(Desk desk, Caller caller, BankRequest.AuditTrail asked)
    {
        Wanted.Page(asked.Take);
        if (asked.Everyone)
        {
            ForOfficers(caller);
        }

        var who = asked.Everyone ? null : caller.Name;
        var entries = Audit.Read(desk, who, asked.Before ?? long.MaxValue, asked.Take + 1);
        var hasMore = entries.Count > asked.Take;
        entries = hasMore ? entries[..asked.Take] : entries;

        return new(entries, hasMore ? entries[^1].Number : null);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // That an account exists is no more known to who does not hold it than what is on it.
    private BankReply.Account Find(Desk desk, Caller caller, string number)
    {
        Wanted.OwnAccount(number);

        return (caller.IsOfficer || Ledger.IsHolder(desk, number, caller.Name))
            && Statements.Find(desk, number, Today) is { } account
            ? account
            : throw Wanted.NoAccount();
    }

    private static void ForOfficers(Caller caller)
    {
        if (!caller.IsOfficer)
        {
            throw new BankException(BankError.Forbidden, "Officers only.");
        }
    }

    private void Report(Desk desk, Caller caller, string action, string account, string details) =>
        Audit.Write(desk, time.GetUtcNow(), caller.Name, action, account, details);
}
