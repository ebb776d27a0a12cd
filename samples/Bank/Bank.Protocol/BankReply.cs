using System.Text.Json.Serialization;

namespace Bank.Protocol;

/// <summary>Everything that the application tier answers. Amounts are minor units (cents), times UTC.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(SignInStarted), "sign-in-started")]
[JsonDerivedType(typeof(SignedIn), "signed-in")]
[JsonDerivedType(typeof(Customer), "customer")]
[JsonDerivedType(typeof(AccountList), "account-list")]
[JsonDerivedType(typeof(StatementPage), "statement-page")]
[JsonDerivedType(typeof(BalancePoints), "balance-points")]
[JsonDerivedType(typeof(SpendingList), "spending-list")]
[JsonDerivedType(typeof(PayeeList), "payee-list")]
[JsonDerivedType(typeof(Transferred), "transferred")]
[JsonDerivedType(typeof(StandingOrder), "standing-order")]
[JsonDerivedType(typeof(StandingOrderList), "standing-order-list")]
[JsonDerivedType(typeof(ApprovalList), "approval-list")]
[JsonDerivedType(typeof(AuditPage), "audit-page")]
public abstract record BankReply
{
    /// <summary>Nothing was changed, except where the error is <see cref="BankError.OutcomeUnknown"/>.</summary>
    /// <param name="Message">A sentence for whoever reads logs; the web tier finds its own words for the error.</param>
    /// <param name="RetryAfterSeconds">
    /// With <see cref="BankError.LockedOut"/>: how long nothing else will be heard.
    /// </param>
    public sealed record Refused(BankError Error, string Message, int? RetryAfterSeconds = null) : BankReply;

    public sealed record Done : BankReply;

    /// <summary>The password was right.</summary>
    /// <param name="Challenge">To be given back with the code, before <paramref name="Expires"/>.</param>
    public sealed record SignInStarted(string Challenge, DateTimeOffset Expires) : BankReply
    {
        public override string ToString() => nameof(SignInStarted);
    }

    /// <summary>A token, and when it ends at the latest; it ends earlier if it is not used for some time.</summary>
    public sealed record SignedIn(string Token, DateTimeOffset Expires, int IdleSeconds, Customer Who) : BankReply
    {
        public override string ToString() => nameof(SignedIn);
    }

    /// <summary>Who has signed in, and what the bank allows.</summary>
    /// <param name="Name">What is typed to sign in.</param>
    /// <param name="ApprovalOver">A transfer of more than this to others waits for a second person.</param>
    public sealed record Customer(
        string Name, string FullName, bool IsOfficer, string Currency, long ApprovalOver) : BankReply;

    /// <param name="Number">
    /// Twelve digits, the last two of them to find typing errors: <see cref="AccountNumber"/>.
    /// </param>
    /// <param name="Holders">Full names.</param>
    /// <param name="Overdraft">How far below zero the balance may go; 0 or more.</param>
    /// <param name="DailyLimit">What may leave to other customers in a day (UTC).</param>
    public sealed record Account(
        string Number,
        string Name,
        IReadOnlyList<string> Holders,
        long Balance,
        long Overdraft,
        long DailyLimit,
        long SpentToday,
        bool IsFrozen);

    public sealed record AccountList(IReadOnlyList<Account> Accounts) : BankReply;

    /// <param name="Number">Counts this account's entries from 1, without gaps.</param>
    /// <param name="Amount">What the balance changed by: negative for money that left.</param>
    /// <param name="Balance">After this entry.</param>
    /// <param name="Other">The account at the other end.</param>
    public sealed record Entry(
        long Number,
        DateTimeOffset Time,
        long Amount,
        long Balance,
        string Other,
        string OtherName,
        string Reference,
        Category Category,
        string TransferId);

    /// <param name="Next">What to ask as <c>Before</c> for the next page; null if there is none.</param>
    public sealed record StatementPage(Account Of, IReadOnlyList<Entry> Entries, long? Next) : BankReply;

    public sealed record BalancePoint(DateOnly Day, long Balance);

    public sealed record BalancePoints(IReadOnlyList<BalancePoint> Points) : BankReply;

    /// <param name="Amount">What was spent, more than 0.</param>
    public sealed record Spent(Category Category, long Amount);

    /// <param name="Categories">Those for which anything was spent, the most first.</param>
    public sealed record SpendingList(IReadOnlyList<Spent> Categories) : BankReply;

    public sealed record Payee(string Account, string Name);

    public sealed record PayeeList(IReadOnlyList<Payee> Payees) : BankReply;

    /// <summary>The same answer for each request of the same key.</summary>
    /// <param name="Id">The transfer's; or, if it waits, the approval's.</param>
    /// <param name="IsWaiting">True if it waits for a second person, and no money has moved.</param>
    /// <param name="Time">When it was done, or asked for.</param>
    /// <param name="Balance">
    /// Of the account that paid, behind this transfer; null if it waits, and for officers.
    /// </param>
    public sealed record Transferred(string Id, bool IsWaiting, DateTimeOffset Time, long? Balance) : BankReply;

    /// <param name="NextDue">Null if it has ended.</param>
    public sealed record StandingOrder(
        string Id,
        string From,
        string To,
        string ToName,
        long Amount,
        string Reference,
        Category Category,
        Repeat Repeat,
        DateOnly First,
        DateOnly? Last,
        DateOnly? NextDue) : BankReply;

    public sealed record StandingOrderList(IReadOnlyList<StandingOrder> Orders) : BankReply;

    /// <param name="AskedBy">Full name.</param>
    /// <param name="MayApprove">Whether whoever asks for this list may approve it.</param>
    /// <param name="MayRefuse">The same, or withdraw it.</param>
    /// <param name="Expires">Nobody can approve it any more from then on.</param>
    public sealed record Approval(
        string Id,
        string From,
        string To,
        string ToName,
        long Amount,
        string Reference,
        Category Category,
        string AskedBy,
        DateTimeOffset Asked,
        DateTimeOffset Expires,
        ApprovalState State,
        bool MayApprove,
        bool MayRefuse);

    public sealed record ApprovalList(IReadOnlyList<Approval> Approvals) : BankReply;

    /// <param name="Who">The customer's sign-in name; empty for the bank itself, such as for standing orders.</param>
    /// <param name="Action">Such as <c>transfer</c> or <c>sign-in-refused</c>.</param>
    /// <param name="Subject">The account, approval or order that it was done to; may be empty.</param>
    /// <param name="Details">A sentence for people. Sums in it are written as <c>25.00 EUR</c>.</param>
    public sealed record AuditEntry(
        long Number, DateTimeOffset Time, string Who, string Action, string Subject, string Details);

    /// <param name="Next">What to ask as <c>Before</c> for the next page; null if there is none.</param>
    public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long? Next) : BankReply;
}
