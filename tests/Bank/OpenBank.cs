using System.Text;
using Bank.Application;
using Bank.Database;
using Bank.Protocol;
using Switchboard;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

/// <summary>
/// A bank with a handful of people, on a clock that stands still: ada and charles hold an account together, grace has
/// one, olivia is an officer. The client is a web tier's.
/// </summary>
internal sealed class OpenBank : IAsyncDisposable
{
    public const string Password = "correct horse";
    public const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>
    /// How long an answer may take. Nothing waits for it that goes well: a busy machine shall not be taken for a bank
    /// that does not answer.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static readonly string Vault = AccountNumber.For(0);
    public static readonly string Ada = AccountNumber.For(1);
    public static readonly string AdasSavings = AccountNumber.For(2);
    public static readonly string Joint = AccountNumber.For(3);
    public static readonly string Charles = AccountNumber.For(4);
    public static readonly string Grace = AccountNumber.For(5);

    private readonly DatabasePlace _place;
    private readonly List<BankServer> _servers = [];
    private int _keys;

    private OpenBank(DatabasePlace place, BankDatabase database) => (_place, Database) = (place, database);

    /// <summary>A Tuesday.</summary>
    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));

    public BankDatabase Database { get; }

    public BankClient Client { get; private set; } = null!;

    public Endpoint Endpoint => _servers[0].Local;

    public static BankRules Rules { get; } = new() { PasswordIterations = 1 };

    public static async Task<OpenBank> OpenAsync(DatabaseKind kind, PostgresServer postgres)
    {
#pragma warning disable CA2000 // The bank disposes them.
        var place = await DatabasePlace.MakeAsync(kind, postgres);
        var bank = new OpenBank(place, BankDatabase.Open(place.Name));
#pragma warning restore CA2000
        await bank.Database.WriteAsync(desk => Fill(desk, bank.Clock.GetUtcNow())).Soon();
        await bank.StartServerAsync();
        bank.Client = new BankClient(BankClientOptions.From(TestCertificates.Ours, bank.Endpoint) with
        {
            Timeout = Patience,
        });

        return bank;
    }

    /// <summary>People with accounts: 1,000.00 each, 500.00 of overdraft for the joint one.</summary>
    public static void Fill(Desk desk, DateTimeOffset now)
    {
        foreach (var (name, fullName) in (ReadOnlySpan<(string, string)>)
            [("ada", "Ada L."), ("charles", "Charles B."), ("grace", "Grace H."), ("olivia", "Olivia O.")])
        {
            SignIns.Add(desk, new(name, fullName, name == "olivia", HashOf(Password), Secret, 0));
        }

        Ledger.Open(desk, Account(Vault, 0, "Bank"), [], isBanks: true);
        Ledger.Open(desk, Account(Ada, 0, "Ada L."), ["ada"]);
        Ledger.Open(desk, Account(AdasSavings, 0, "Ada L."), ["ada"]);
        Ledger.Open(desk, Account(Joint, 500_00, "Ada L.", "Charles B."), ["ada", "charles"]);
        Ledger.Open(desk, Account(Charles, 0, "Charles B."), ["charles"]);
        Ledger.Open(desk, Account(Grace, 0, "Grace H."), ["grace"]);
        foreach (var number in (ReadOnlySpan<string>)[Ada, Joint, Charles, Grace])
        {
            Bring(desk, number, 1_000_00, now);
        }
    }

    /// <summary>Money from outside.</summary>
    public static void Bring(Desk desk, string account, long amount, DateTimeOffset now) =>
        Move(desk, Vault, account, amount, now, Category.Other);

    /// <summary>Money that moves without any rule.</summary>
    public static void Move(
        Desk desk, string payer, string payee, long amount, DateTimeOffset now, Category category)
    {
        var rows = Ledger.Lock(desk, payer, payee, "");
        var move = new NewTransfer(
            Guid.CreateVersion7(now).ToString("N"),
            now,
            rows.Single(row => row.Number == payer),
            rows.Single(row => row.Number == payee),
            amount,
            "Opening",
            category,
            Customer: "",
            CountsToLimit: false);
        Ledger.Post(desk, move);
    }

    public async Task<BankServer> StartServerAsync(BankDatabase? database = null)
    {
        var options = new BankServerOptions
        {
            Certificate = BankCertificates.Load(TestCertificates.Ours, BankCertificates.Application),
            ClientRoots = BankCertificates.LoadRoots(TestCertificates.Ours),
            Rules = Rules,
            TimeProvider = Clock,
            MaxUnderWay = 16,
            Failed = failure => TestContext.Current.SendDiagnosticMessage("{0}", failure),
        };
        _servers.Add(await BankServer.StartAsync("tls://127.0.0.1:0", database ?? Database, options).Soon());

        return _servers[^1];
    }

    /// <summary>Signs in with both factors. A code is good once: the clock moves on to the next.</summary>
    public async Task<string> SignInAsync(string name)
    {
        Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        var started = await Client.AskAsync(new BankRequest.SignIn(name, Password)).Soon();
        var code = Totp.CodeAt(Secret, Clock.GetUtcNow());

        return (await Client.AskAsync(new BankRequest.ConfirmSignIn(started.Challenge, code)).Soon()).Token;
    }

    public Task<TReply> AskAsync<TReply>(BankRequest<TReply> request, string? token = null)
        where TReply : BankReply => Client.AskAsync(request with { Token = token }).Soon();

    /// <summary>Asks for what has to be refused.</summary>
    public async Task<BankError> RefusedAsync<TReply>(BankRequest<TReply> request, string? token = null)
        where TReply : BankReply =>
        (await Assert.ThrowsAsync<BankException>(() => AskAsync(request, token))).Error;

    public string NewKey() => $"key-of-a-test-{++_keys:D6}";

    public BankRequest.Transfer Transfer(string from, string to, long amount) =>
        new(from, to, amount, "", Category.Other, NewKey());

    public async Task<long> BalanceAsync(string account) => (await Database.ReadAsync(desk =>
        desk.Number("SELECT balance FROM accounts WHERE number = @number", ("number", account))).Soon())!.Value;

    /// <summary>Everything that a request may change, but for who is signed in.</summary>
    public Task<string> SnapshotAsync() => Database.ReadAsync(desk =>
    {
        var text = new StringBuilder();
        foreach (var table in (ReadOnlySpan<string>)
            ["accounts", "transfers", "entries", "answers", "approvals", "standing_orders", "audit"])
        {
            text.AppendJoin('\n', desk.Read($"SELECT * FROM {table} ORDER BY 1, 2", row =>
            {
                var values = new object[row.FieldCount];
                row.GetValues(values);
                return $"{table}: {string.Join(" | ", values)}";
            })).Append('\n');
        }

        return text.ToString();
    }).Soon();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Assert.True((await Database.ReadAsync(LedgerCheck.Run)).IsRight, "The books are wrong.");
        await Database.DisposeAsync();
        _place.Dispose();
    }

    private static BankReply.Account Account(string number, long overdraft, params string[] holders) =>
        new(number, "Current account", holders, 0, overdraft, 2_000_00, 0, false);

    public static string HashOf(string password) => Passwords.Hash(password, Rules.PasswordIterations);
}
