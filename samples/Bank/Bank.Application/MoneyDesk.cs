using System.Security.Cryptography;
using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Moves money, by the rules: who holds the account, what is on it, what may leave it in a day, what needs a second
/// person. Everything here runs inside one transaction, behind the locks of both accounts.
/// </summary>
internal sealed class MoneyDesk(BankRules rules, TimeProvider time)
{
    public void Check(BankRequest.Transfer asked)
    {
        CheckMove(asked.From, asked.To, asked.Amount, asked.Reference, asked.Category);
        Wanted.Key(asked.Key);
    }

    public void CheckMove(string payer, string payee, long amount, string reference, Category category)
    {
        Wanted.OwnAccount(payer);
        Wanted.Payee(payee, payer);
        Wanted.Amount(amount, rules.MaxAmount);
        Wanted.Reference(reference);
        Wanted.Category(category);
    }

    public BankReply Transfer(Desk desk, Caller caller, BankRequest.Transfer asked)
    {
        var (payer, payee) = Lock(desk, asked.From, asked.To, caller.Name);
        if (!payer.IsHeld)
        {
            throw Wanted.NoAccount();
        }

        var fingerprint = FingerprintOf(asked);
        if (AnsweredBefore(desk, caller, asked.Key, fingerprint) is { } earlier)
        {
            return earlier;
        }

        var move = NewMove(payer, payee, asked.Amount, asked.Reference, asked.Category, caller.Name);
        CheckFunds(move);
        var answer = move.CountsToLimit && asked.Amount > rules.ApprovalOver
            ? AskForSecondPerson(desk, move)
            : Post(desk, move, caller.Name, "transfer");
        Answers.Add(desk, caller.Name, asked.Key, fingerprint, BankFrame.ToText(answer));

        return answer;
    }

    /// <summary>
    /// Both accounts' rows, locked: the payer's first. A payee that cannot be paid is told, a payer that is nobody's
    /// business is not.
    /// </summary>
    public static (AccountRow Payer, AccountRow Payee) Lock(Desk desk, string payer, string payee, string customer)
    {
        var rows = Ledger.Lock(desk, payer, payee, customer);
        var from = rows.SingleOrDefault(row => row.Number == payer && !row.IsBanks) ?? throw Wanted.NoAccount();
        var to = rows.SingleOrDefault(row => row.Number == payee && !row.IsBanks);
        if (to is null)
        {
            throw from.IsHeld || customer.Length == 0 ? Wanted.NoPayee() : Wanted.NoAccount();
        }

        return (from, to);
    }

    /// <summary>A transfer that is about to be made; between a customer's own accounts it counts to no limit.</summary>
    public NewTransfer NewMove(
        AccountRow payer, AccountRow payee, long amount, string reference, Category category, string customer) => new(
        NewId(),
        time.GetUtcNow(),
        payer,
        payee,
        amount,
        reference,
        category,
        customer,
        CountsToLimit: !(payer.IsHeld && payee.IsHeld));

    /// <exception cref="BankException">The payer's account does not allow it.</exception>
    public static void CheckFunds(NewTransfer move)
    {
        var (payer, amount) = (move.Payer, move.Amount);
        if (payer.IsFrozen)
        {
            throw new BankException(BankError.AccountFrozen, "The account is frozen.");
        }

        if (payer.Balance - amount < -payer.Overdraft)
        {
            throw new BankException(BankError.InsufficientFunds, "There is not enough money on the account.");
        }

        var today = DateOnly.FromDateTime(move.Time.UtcDateTime);
        if (move.CountsToLimit && payer.SpentOn(today) + amount > payer.DailyLimit)
        {
            throw new BankException(BankError.LimitExceeded, "The account's daily limit does not allow it.");
        }
    }

    public BankReply.Transferred Post(Desk desk, NewTransfer move, string who, string action)
    {
        var balance = Ledger.Post(desk, move);
        Audit.Write(
            desk,
            move.Time,
            who,
            action,
            move.Payer.Number,
            $"{rules.Show(move.Amount)} to {move.Payee.Number}, transfer {move.Id}.");

        return new BankReply.Transferred(move.Id, IsWaiting: false, move.Time, balance);
    }

    /// <summary>What was answered to the same request with the same key; null if it is a new one.</summary>
    /// <exception cref="BankException">The key was used for something else.</exception>
    public static BankReply? AnsweredBefore(Desk desk, Caller caller, string key, string fingerprint)
    {
        var earlier = Answers.Find(desk, caller.Name, key);
        if (earlier is { } other && other.Fingerprint != fingerprint)
        {
            throw new BankException(BankError.KeyReused, "This key was used for another request.");
        }

        return earlier is { Answer: var text } ? BankFrame.ReplyFromText(text) : null;
    }

    /// <summary>The same for the same request, whoever's token it carries.</summary>
    public static string FingerprintOf(BankRequest request) =>
        Convert.ToHexString(SHA256.HashData(BankFrame.Write(0, request with { Token = null })));

    /// <summary>
    /// Ordered by time, so that new rows come together; that nobody guesses one protects nothing here.
    /// </summary>
    public string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    private BankReply.Transferred AskForSecondPerson(Desk desk, NewTransfer move)
    {
        var approval = new ApprovalRow(
            move.Id,
            move.Payer.Number,
            move.Payee.Number,
            move.Amount,
            move.Reference,
            move.Category,
            move.Customer,
            move.Time,
            move.Time + rules.ApprovalLifetime,
            ApprovalState.Waiting,
            DecidedBy: "",
            Answer: "");
        Approvals.Add(desk, approval);
        Audit.Write(
            desk,
            move.Time,
            move.Customer,
            "approval-asked",
            move.Payer.Number,
            $"{rules.Show(move.Amount)} to {move.Payee.Number} waits for a second person, approval {move.Id}.");

        return new BankReply.Transferred(move.Id, IsWaiting: true, move.Time, Balance: null);
    }
}
