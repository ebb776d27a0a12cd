using System.Text.Json.Serialization;

namespace Bank.Protocol;

/// <summary>
/// Everything that may be asked of the application tier, one record each. Who asks is told by the token alone: no
/// request names a customer. All amounts are minor units (cents), all times UTC.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Ping), "ping")]
[JsonDerivedType(typeof(SignIn), "sign-in")]
[JsonDerivedType(typeof(ConfirmSignIn), "confirm-sign-in")]
[JsonDerivedType(typeof(SignOut), "sign-out")]
[JsonDerivedType(typeof(SignOutEverywhere), "sign-out-everywhere")]
[JsonDerivedType(typeof(WhoAmI), "who-am-i")]
[JsonDerivedType(typeof(Accounts), "accounts")]
[JsonDerivedType(typeof(AllAccounts), "all-accounts")]
[JsonDerivedType(typeof(Statement), "statement")]
[JsonDerivedType(typeof(BalanceHistory), "balance-history")]
[JsonDerivedType(typeof(Spending), "spending")]
[JsonDerivedType(typeof(Payees), "payees")]
[JsonDerivedType(typeof(Transfer), "transfer")]
[JsonDerivedType(typeof(StandingOrders), "standing-orders")]
[JsonDerivedType(typeof(CreateStandingOrder), "create-standing-order")]
[JsonDerivedType(typeof(EndStandingOrder), "end-standing-order")]
[JsonDerivedType(typeof(Approvals), "approvals")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Refuse), "refuse")]
[JsonDerivedType(typeof(SetDailyLimit), "set-daily-limit")]
[JsonDerivedType(typeof(Freeze), "freeze")]
[JsonDerivedType(typeof(Unfreeze), "unfreeze")]
[JsonDerivedType(typeof(AuditTrail), "audit-trail")]
public abstract record BankRequest
{
    /// <summary>What <see cref="BankReply.SignedIn"/> gave; null only before that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    /// <summary>Whether it may be asked again without harm when no answer came.</summary>
    [JsonIgnore]
    public virtual bool OnlyReads => false;

    /// <summary>The name only: passwords and tokens do not belong into a log.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>Whether the application tier and its database answer. Needs no token.</summary>
    public sealed record Ping : BankReading<BankReply.Done>;

    /// <summary>The first of two steps. Needs no token.</summary>
    public sealed record SignIn(string Name, string Password) : BankRequest<BankReply.SignInStarted>;

    /// <summary>The second step: six digits of TOTP; each code counts once. Needs no token.</summary>
    public sealed record ConfirmSignIn(string Challenge, string Code) : BankRequest<BankReply.SignedIn>;

    /// <summary>Ends this token.</summary>
    public sealed record SignOut : BankRequest<BankReply.Done>;

    /// <summary>Ends every token of this customer, this one included.</summary>
    public sealed record SignOutEverywhere : BankRequest<BankReply.Done>;

    public sealed record WhoAmI : BankReading<BankReply.Customer>;

    /// <summary>The accounts that the customer holds, alone or with others.</summary>
    public sealed record Accounts : BankReading<BankReply.AccountList>;

    /// <summary>Every customer's accounts, by number. Officers only.</summary>
    /// <param name="After">The last number of the page before.</param>
    /// <param name="Take">From 1 to 100.</param>
    public sealed record AllAccounts(string? After = null, int Take = 50) : BankReading<BankReply.AccountList>;

    /// <summary>A page of an own account's entries, the newest first.</summary>
    /// <param name="Account">An account that the customer holds; for an officer, any.</param>
    /// <param name="Before">
    /// The last <see cref="BankReply.Entry.Number"/> of the page before; null for the first.
    /// </param>
    /// <param name="Take">From 1 to 100.</param>
    /// <param name="Search">
    /// A part of a reference, a name or an account number, in any case; up to 64 characters.
    /// </param>
    /// <param name="Category">Only entries of it.</param>
    /// <param name="From">Only entries at that time or later.</param>
    /// <param name="To">Only entries before that time.</param>
    public sealed record Statement(
        string Account,
        long? Before = null,
        int Take = 50,
        string? Search = null,
        Category? Category = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null) : BankReading<BankReply.StatementPage>;

    /// <summary>The balance at the end of each of the last days, today being the last.</summary>
    /// <param name="Days">From 1 to 366.</param>
    public sealed record BalanceHistory(string Account, int Days = 90) : BankReading<BankReply.BalancePoints>;

    /// <summary>
    /// What left the customer's accounts in the last days, today being the last, by what it was for; without what moved
    /// between them.
    /// </summary>
    /// <param name="Days">From 1 to 366.</param>
    public sealed record Spending(int Days = 30) : BankReading<BankReply.SpendingList>;

    /// <summary>Whom the customer has paid before, the last first; at most 50.</summary>
    public sealed record Payees : BankReading<BankReply.PayeeList>;

    /// <summary>
    /// Moves money once, however often it is asked with the same key. Over the threshold it waits for a second person,
    /// unless both accounts are the customer's.
    /// </summary>
    /// <param name="From">An account that the customer holds.</param>
    /// <param name="To">Any other account of this bank.</param>
    /// <param name="Amount">Minor units, 1 or more.</param>
    /// <param name="Reference">
    /// Letters, digits, spaces and <c>/ - ? : ( ) . , ' + # &amp;</c>; up to 140, or empty.
    /// </param>
    /// <param name="Key">
    /// Made once for what the customer wants, such as one form that was shown: 16 to 64 of <c>A-Z a-z 0-9 - _</c>.
    /// The same key with other content is refused.
    /// </param>
    public sealed record Transfer(
        string From, string To, long Amount, string Reference, Category Category, string Key)
        : BankRequest<BankReply.Transferred>;

    /// <summary>
    /// The standing orders of the customer's accounts, ended ones included, the newest first; at most 100.
    /// </summary>
    public sealed record StandingOrders : BankReading<BankReply.StandingOrderList>;

    /// <summary>
    /// A transfer at each due date, at most the threshold for approvals. One that the rules refuse on its day is left
    /// out, and the audit trail says so.
    /// </summary>
    /// <param name="First">Today or later; a month without that day takes its last one.</param>
    /// <param name="Last">The last day on which it may be due; null for none.</param>
    public sealed record CreateStandingOrder(
        string From,
        string To,
        long Amount,
        string Reference,
        Category Category,
        DateOnly First,
        Repeat Repeat,
        DateOnly? Last,
        string Key) : BankRequest<BankReply.StandingOrder>;

    /// <summary>Ends a standing order of an account that the customer holds. Ending it again is no error.</summary>
    public sealed record EndStandingOrder(string Id) : BankRequest<BankReply.Done>;

    /// <summary>
    /// Transfers over the threshold that the customer has asked for or may decide about, the newest first; at most 100.
    /// For officers: those of all.
    /// </summary>
    public sealed record Approvals : BankReading<BankReply.ApprovalList>;

    /// <summary>
    /// Lets a transfer happen: another holder of the account, or an officer, but never who asked for it. All other
    /// rules count at this moment; if one of them refuses, the transfer goes on waiting.
    /// </summary>
    public sealed record Approve(string Id) : BankRequest<BankReply.Transferred>;

    /// <summary>Ends a waiting transfer: those who may approve it, and who asked for it.</summary>
    public sealed record Refuse(string Id) : BankRequest<BankReply.Done>;

    /// <summary>A holder lowers what may leave an account in a day (UTC); an officer sets any limit.</summary>
    public sealed record SetDailyLimit(string Account, long Limit) : BankRequest<BankReply.Done>;

    /// <summary>Lets no more money leave an account. Officers only.</summary>
    public sealed record Freeze(string Account, string Reason) : BankRequest<BankReply.Done>;

    /// <summary>Officers only.</summary>
    public sealed record Unfreeze(string Account, string Reason) : BankRequest<BankReply.Done>;

    /// <summary>What was done, the newest first.</summary>
    /// <param name="Before">The last <see cref="BankReply.AuditEntry.Number"/> of the page before.</param>
    /// <param name="Take">From 1 to 100.</param>
    /// <param name="Everyone">False for what the customer did; true for what anybody did, officers only.</param>
    public sealed record AuditTrail(long? Before = null, int Take = 50, bool Everyone = false)
        : BankReading<BankReply.AuditPage>;
}
