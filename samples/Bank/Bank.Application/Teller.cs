using Bank.Database;
using Bank.Protocol;

namespace Bank.Application;

/// <summary>
/// Answers requests: one transaction each, which begins by asking whose token it is. The web tier is taken for hostile:
/// nothing that it says about who asks is believed.
/// </summary>
internal sealed class Teller : IDisposable
{
    private readonly BankDatabase _database;
    private readonly Passwords _passwords;
    private readonly SignInDesk _signIns;
    private readonly AccountDesk _accounts;
    private readonly MoneyDesk _money;
    private readonly ApprovalDesk _approvals;
    private readonly StandingOrderDesk _orders;

    public Teller(BankDatabase database, BankRules rules, TimeProvider time)
    {
        _database = database;
        _passwords = new Passwords(rules.PasswordIterations);
        _signIns = new SignInDesk(database, rules, _passwords, time);
        _accounts = new AccountDesk(rules, time);
        _money = new MoneyDesk(rules, time);
        _approvals = new ApprovalDesk(rules, _money, time);
        _orders = new StandingOrderDesk(rules, _money, time);
    }

    public StandingOrderDesk Orders => _orders;

    /// <exception cref="BankException">It is refused.</exception>
    public Task<BankReply> AnswerAsync(BankRequest request) => request switch
    {
        BankRequest.Ping => _database.ReadAsync<BankReply>(Ping),
        BankRequest.SignIn signIn => _signIns.StartAsync(signIn),
        BankRequest.ConfirmSignIn confirm => _signIns.ConfirmAsync(confirm),
        BankRequest.Transfer transfer => TransferAsync(transfer),
        { OnlyReads: true } => ReadAsync(request),
        _ => WriteAsync(request),
    };

    public void Dispose() => _passwords.Dispose();

    private static BankReply.Done Ping(Desk desk)
    {
        desk.Number("SELECT 1");

        return new BankReply.Done();
    }

    private Task<BankReply> TransferAsync(BankRequest.Transfer asked)
    {
        _money.Check(asked);

        return _database.WriteTogetherAsync<BankReply>([asked.From, asked.To], desk =>
        {
            var caller = _signIns.Caller(desk, asked);
            var answer = _money.Transfer(desk, caller, asked);
            Touch(desk, caller);

            return answer;
        });
    }

    private async Task<BankReply> ReadAsync(BankRequest request)
    {
        var (reply, caller) = await _database.ReadAsync(desk =>
        {
            var caller = _signIns.Caller(desk, request);

            return (Read(desk, caller, request), caller);
        });
        if (caller.ShallTouch)
        {
            await _database.WriteAsync(desk => _signIns.Touch(desk, caller));
        }

        return reply;
    }

    private BankReply Read(Desk desk, Caller caller, BankRequest request) => request switch
    {
        BankRequest.WhoAmI => _signIns.Describe(caller.Customer),
        BankRequest.Accounts => _accounts.List(desk, caller),
        BankRequest.AllAccounts asked => _accounts.ListAll(desk, caller, asked),
        BankRequest.Statement asked => _accounts.Statement(desk, caller, asked),
        BankRequest.BalanceHistory asked => _accounts.History(desk, caller, asked),
        BankRequest.Spending asked => _accounts.Spending(desk, caller, asked),
        BankRequest.Payees => new BankReply.PayeeList(Statements.Payees(desk, caller.Name)),
        BankRequest.StandingOrders => new BankReply.StandingOrderList(StandingOrders.Of(desk, caller.Name)),
        BankRequest.Approvals => _approvals.List(desk, caller),
        BankRequest.AuditTrail asked => AccountDesk.AuditTrail(desk, caller, asked),
        _ => throw new BankException(BankError.UnknownRequest, "There is no request of this name."),
    };

    private Task<BankReply> WriteAsync(BankRequest request)
    {
        if (request is BankRequest.CreateStandingOrder order)
        {
            _orders.Check(order);
        }

        return _database.WriteAsync(desk =>
        {
            var caller = _signIns.Caller(desk, request);
            var answer = Write(desk, caller, request);
            Touch(desk, caller);

            return answer;
        });
    }

    private BankReply Write(Desk desk, Caller caller, BankRequest request) => request switch
    {
        BankRequest.SignOut => _signIns.SignOut(desk, caller),
        BankRequest.SignOutEverywhere => _signIns.SignOutEverywhere(desk, caller),
        BankRequest.CreateStandingOrder asked => _orders.Create(desk, caller, asked),
        BankRequest.EndStandingOrder asked => _orders.End(desk, caller, asked.Id),
        BankRequest.Approve asked => _approvals.Approve(desk, caller, asked.Id),
        BankRequest.Refuse asked => _approvals.Refuse(desk, caller, asked.Id),
        BankRequest.SetDailyLimit asked => _accounts.SetDailyLimit(desk, caller, asked),
        BankRequest.Freeze asked => _accounts.SetFrozen(desk, caller, asked.Account, asked.Reason, isFrozen: true),
        BankRequest.Unfreeze asked => _accounts.SetFrozen(desk, caller, asked.Account, asked.Reason, isFrozen: false),
        _ => throw new BankException(BankError.UnknownRequest, "There is no request of this name."),
    };

    private void Touch(Desk desk, Caller caller)
    {
        if (caller.ShallTouch)
        {
            _signIns.Touch(desk, caller);
        }
    }
}
