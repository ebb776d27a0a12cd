using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// The second of two persons: another holder of the account that pays, or an officer, and never who asked. No money is
/// set aside while a transfer waits; all rules count again when it is approved.
/// </summary>
internal sealed class ApprovalDesk(BankRules rules, MoneyDesk money, TimeProvider time)
{
    public BankReply.ApprovalList List(Desk desk, Caller caller) => new(
    [
        .. Approvals.List(desk, caller.IsOfficer ? null : caller.Name).Select(listed => Describe(caller, listed)),
    ]);

    public BankReply Approve(Desk desk, Caller caller, string id)
    {
        var row = Find(desk, caller, id);
        if (row.State == ApprovalState.Approved && row.DecidedBy == caller.Name)
        {
            return BankFrame.ReplyFromText(row.Answer);
        }

        MayBeDecided(row);
        if (row.Customer == caller.Name)
        {
            throw new BankException(BankError.Forbidden, "Somebody else has to approve it.");
        }

        // Whoever asked for it is the one whose accounts count as own.
        var (payer, payee) = MoneyDesk.Lock(desk, row.Payer, row.Payee, row.Customer);
        var move = money.NewMove(payer, payee, row.Amount, row.Reference, row.Category, row.Customer);
        MoneyDesk.CheckFunds(move);
        var answer = money.Post(desk, move, caller.Name, "approval-given");
        answer = answer with { Balance = caller.IsOfficer ? null : answer.Balance };
        Approvals.Decide(desk, id, ApprovalState.Approved, caller.Name, BankFrame.ToText(answer));

        return answer;
    }

    public BankReply.Done Refuse(Desk desk, Caller caller, string id)
    {
        var row = Find(desk, caller, id);
        if (row.State != ApprovalState.Refused || row.DecidedBy != caller.Name)
        {
            MayBeDecided(row);
            Approvals.Decide(desk, id, ApprovalState.Refused, caller.Name, answer: "");
            Audit.Write(
                desk,
                time.GetUtcNow(),
                caller.Name,
                "approval-refused",
                row.Payer,
                $"{rules.Show(row.Amount)} to {row.Payee}, approval {id}.");
        }

        return new BankReply.Done();
    }

    private static ApprovalRow Find(Desk desk, Caller caller, string id)
    {
        Wanted.Id(id);

        return Approvals.Lock(desk, id) is { } row
            && (caller.IsOfficer || Ledger.IsHolder(desk, row.Payer, caller.Name))
            ? row
            : throw new BankException(BankError.NotFound, "There is no such approval.");
    }

    private void MayBeDecided(ApprovalRow row)
    {
        if (StateOf(row) != ApprovalState.Waiting)
        {
            throw new BankException(BankError.AlreadyDecided, $"It is {StateOf(row)} already.");
        }
    }

    private ApprovalState StateOf(ApprovalRow row) =>
        row.State == ApprovalState.Waiting && row.Expires <= time.GetUtcNow() ? ApprovalState.Expired : row.State;

    private BankReply.Approval Describe(Caller caller, (ApprovalRow Row, string AskedBy, string PayeeName) listed)
    {
        var (row, waits) = (listed.Row, StateOf(listed.Row) == ApprovalState.Waiting);

        return new BankReply.Approval(
            row.Id,
            row.Payer,
            row.Payee,
            listed.PayeeName,
            row.Amount,
            row.Reference,
            row.Category,
            listed.AskedBy,
            row.Asked,
            row.Expires,
            StateOf(row),
            MayApprove: waits && row.Customer != caller.Name,
            MayRefuse: waits);
    }
}
