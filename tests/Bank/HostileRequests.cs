using System.Text;
using Bank.Protocol;

namespace Bank.Tests;

/// <summary>The table. Ada is who asks, with a token of hers, unless a row says otherwise.</summary>
/// <param name="bank">With ada's transfer of 1 behind it.</param>
/// <param name="paid">That transfer.</param>
internal sealed class HostileRequests(OpenBank bank, BankRequest.Transfer paid)
{
    private const string Sql = "'; DROP TABLE entries; --";
    private const string OrTrue = "' OR '1'='1";
    private const string Script = "<script>alert(1)</script>";

    private static readonly string NobodysAccount = AccountNumber.For(77);
    private static readonly string Nobodys = AccountNumber.For(78);
    private static readonly string Id = new('0', 32);

    public required string Ada { get; init; }

    public required string Olivia { get; init; }

    public required string SignedOut { get; init; }

    public required string TooOld { get; init; }

    /// <summary>A standing order and a waiting transfer of grace's.</summary>
    public required string GracesOrder { get; init; }

    public required string GracesApproval { get; init; }

    /// <summary>A waiting transfer of ada's.</summary>
    public required string AdasApproval { get; init; }

    public IEnumerable<HostileRequest> All() =>
        [.. Frames(), .. Tokens(), .. Amounts(), .. Accounts(), .. Texts(), .. Ranges(), .. Roles(), .. SignIns()];

    private IEnumerable<HostileRequest> Frames() =>
    [
        new("shorter than its header", BankError.BadRequest, [1, 2, 3]),
        new("nothing", BankError.BadRequest, []),
        new("a header alone", BankError.BadRequest, [1, 0, 0, 0, 0, 0, 0, 0, 7]),
        new("version 0", BankError.UnsupportedVersion, [0, 0, 0, 0, 0, 0, 0, 0, 7, .. "{\"do\":\"ping\"}"u8]),
        new("version 2", BankError.UnsupportedVersion, [2, 0, 0, 0, 0, 0, 0, 0, 7, .. "{\"do\":\"ping\"}"u8]),
        new("id 0", BankError.BadRequest, [1, 0, 0, 0, 0, 0, 0, 0, 0, .. "{\"do\":\"ping\"}"u8]),
        new("garbage", BankError.BadRequest, [1, 0, 0, 0, 0, 0, 0, 0, 7, 0xFF, 0xFE, 0, 1, .. "garbage"u8]),
        new("an HTTP request", BankError.UnsupportedVersion, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n")),
        Json("unknown request", BankError.UnknownRequest, """{"do":"print-money"}"""),
        Json("request of SQL", BankError.UnknownRequest, $$"""{"do":"{{Sql}}"}"""),
        Json("no name", BankError.BadRequest, """{"from":"1"}"""),
        Json("a number for a name", BankError.BadRequest, """{"do":3}"""),
        Json("a .NET type for a name", BankError.BadRequest, """{"$type":"System.Diagnostics.Process"}"""),
        Json("a list", BankError.BadRequest, """["transfer"]"""),
        Json("null", BankError.BadRequest, "null"),
        Json("a comment", BankError.BadRequest, """{"do":"ping"/*x*/}"""),
        Json("more behind the end", BankError.BadRequest, """{"do":"ping"} {"do":"ping"}"""),
        Json("very deep", BankError.BadRequest, """{"do":"ping","x":""" + new string('[', 5000)),
        Fields("another customer named", BankError.BadRequest, """ "customer":"grace", "amount":1 """),
        Fields("a doubled field", BankError.BadRequest, """ "amount":1, "amount":2 """),
        Fields("a missing field", BankError.BadRequest, ""),
    ];

    private IEnumerable<HostileRequest> Tokens() =>
    [
        Of("no token", BankError.NotSignedIn, Transfer(), null),
        Of("a forged token", BankError.NotSignedIn, Transfer(), Ada[..^1] + (Ada[^1] == 'A' ? 'B' : 'A')),
        Of("a token of SQL", BankError.NotSignedIn, Transfer(), OrTrue),
        Of("a very long token", BankError.NotSignedIn, Transfer(), new string('A', 100_000)),
        Of("a token that signed out", BankError.NotSignedIn, Transfer(), SignedOut),
        Of("a token that is too old", BankError.NotSignedIn, Transfer(), TooOld),
        Of("who am I without a token", BankError.NotSignedIn, new BankRequest.WhoAmI(), null),
        Of("sign out everywhere without a token", BankError.NotSignedIn, new BankRequest.SignOutEverywhere(), "x"),
    ];

    private IEnumerable<HostileRequest> Amounts() =>
    [
        Of("nothing to move", BankError.InvalidAmount, Transfer() with { Amount = 0 }, Ada),
        Of("a negative amount", BankError.InvalidAmount, Transfer() with { Amount = -100 }, Ada),
        Of("the least number", BankError.InvalidAmount, Transfer() with { Amount = long.MinValue }, Ada),
        Of("the largest number", BankError.InvalidAmount, Transfer() with { Amount = long.MaxValue }, Ada),
        Of("more than there is", BankError.InsufficientFunds, Transfer() with { Amount = 1_000_00 }, Ada),
        Of("much more than there is", BankError.InsufficientFunds, Transfer() with { Amount = 100_000_000_000 }, Ada),
        Fields("an amount that overflows", BankError.BadRequest, """ "amount":9223372036854775808 """),
        Fields("an amount that wraps around to 1", BankError.BadRequest, """ "amount":18446744073709551617 """),
        Fields("an endless amount", BankError.BadRequest, """ "amount":1e999 """),
        Fields("not a number", BankError.BadRequest, """ "amount":NaN """),
        Fields("a fraction", BankError.BadRequest, """ "amount":0.5 """),
        Fields("an amount as text", BankError.BadRequest, """ "amount":"1" """),
        Of("a key used for more", BankError.KeyReused, paid with { Amount = 2 }, Ada),
        Of("a key used for another payee", BankError.KeyReused, paid with { To = OpenBank.Charles }, Ada),
        Of("a negative limit", BankError.InvalidAmount, new BankRequest.SetDailyLimit(OpenBank.Ada, -1), Ada),
        Of("a huge limit", BankError.InvalidAmount, new BankRequest.SetDailyLimit(OpenBank.Ada, long.MaxValue), Olivia),
    ];

    private IEnumerable<HostileRequest> Accounts() =>
    [
        Of("from somebody else", BankError.NotFound, Transfer() with { From = OpenBank.Grace, To = OpenBank.Ada }, Ada),
        Of("from the bank itself", BankError.NotFound, Transfer() with { From = OpenBank.Vault }, Ada),
        Of("from nobody", BankError.NotFound, Transfer() with { From = NobodysAccount }, Ada),
        Of("from nobody to nobody", BankError.NotFound, Transfer() with { From = NobodysAccount, To = Nobodys }, Ada),
        Of("from SQL", BankError.NotFound, Transfer() with { From = Sql }, Ada),
        Of("an officer from a customer", BankError.NotFound, Transfer(), Olivia),
        Of("to nobody", BankError.InvalidPayee, Transfer() with { To = NobodysAccount }, Ada),
        Of("to itself", BankError.InvalidPayee, Transfer() with { To = OpenBank.Ada }, Ada),
        Of("to the bank itself", BankError.InvalidPayee, Transfer() with { To = OpenBank.Vault }, Ada),
        Of("to script", BankError.InvalidPayee, Transfer() with { To = Script }, Ada),
        Of("to a digit too many", BankError.InvalidPayee, Transfer() with { To = OpenBank.Grace + "0" }, Ada),
        Of("somebody's statement", BankError.NotFound, new BankRequest.Statement(OpenBank.Grace), Ada),
        Of("nobody's statement", BankError.NotFound, new BankRequest.Statement(NobodysAccount), Ada),
        Of("the bank's statement", BankError.NotFound, new BankRequest.Statement(OpenBank.Vault), Olivia),
        Of("a statement of SQL", BankError.NotFound, new BankRequest.Statement(OrTrue), Ada),
        Of("somebody's history", BankError.NotFound, new BankRequest.BalanceHistory(OpenBank.Grace), Ada),
        Of("somebody's limit", BankError.NotFound, new BankRequest.SetDailyLimit(OpenBank.Grace, 1), Ada),
        Of("an order from another", BankError.NotFound, Order() with { From = OpenBank.Grace, To = OpenBank.Ada }, Ada),
        Of("somebody's standing order", BankError.NotFound, new BankRequest.EndStandingOrder(GracesOrder), Ada),
        Of("nobody's standing order", BankError.NotFound, new BankRequest.EndStandingOrder(Id), Ada),
        Of("a standing order of SQL", BankError.NotFound, new BankRequest.EndStandingOrder(OrTrue), Ada),
        Of("to approve somebody's", BankError.NotFound, new BankRequest.Approve(GracesApproval), Ada),
        Of("to refuse somebody's", BankError.NotFound, new BankRequest.Refuse(GracesApproval), Ada),
        Of("to approve SQL", BankError.NotFound, new BankRequest.Approve(Sql), Ada),
        Of("to approve the own", BankError.Forbidden, new BankRequest.Approve(AdasApproval), Ada),
    ];

    private IEnumerable<HostileRequest> Texts() =>
    [
        Of("a reference of SQL", BankError.InvalidText, Transfer() with { Reference = Sql }, Ada),
        Of("a reference of script", BankError.InvalidText, Transfer() with { Reference = Script }, Ada),
        Of("a reference with a NUL", BankError.InvalidText, Transfer() with { Reference = "a\0b" }, Ada),
        Of("a reference of two lines", BankError.InvalidText, Transfer() with { Reference = "a\r\nb" }, Ada),
        Of("a reference that turns around", BankError.InvalidText, Transfer() with { Reference = "a\u202Eb" }, Ada),
        Of("a formula", BankError.InvalidText, Transfer() with { Reference = "=HYPERLINK(\"x\")" }, Ada),
        Of("a long reference", BankError.InvalidText, Transfer() with { Reference = new string('a', 141) }, Ada),
        Fields("half a letter", BankError.BadRequest, """ "amount":1 """, reference: "\\ud800"),
        Fields("a category of script", BankError.BadRequest, """ "amount":1 """, category: Script),
        Fields("a category's number", BankError.BadRequest, """ "amount":1 """, category: "4"),
        Of("no key", BankError.InvalidText, Transfer() with { Key = "" }, Ada),
        Of("a key of SQL", BankError.InvalidText, Transfer() with { Key = Sql }, Ada),
        Of("a long key", BankError.InvalidText, Transfer() with { Key = new string('k', 65) }, Ada),
        Of("a reason of script", BankError.InvalidText, new BankRequest.Freeze(OpenBank.Ada, Script), Olivia),
        Of("no reason", BankError.InvalidText, new BankRequest.Freeze(OpenBank.Ada, " "), Olivia),
        Of("a search with a NUL", BankError.InvalidText, new BankRequest.Statement(OpenBank.Ada, Search: "\0"), Ada),
        Of("a long search", BankError.InvalidText, new BankRequest.Statement(OpenBank.Ada, Search: new('x', 65)), Ada),
    ];

    private IEnumerable<HostileRequest> Ranges() =>
    [
        Of("a page of none", BankError.InvalidRange, new BankRequest.Statement(OpenBank.Ada, Take: 0), Ada),
        Of("a page of all", BankError.InvalidRange, new BankRequest.Statement(OpenBank.Ada, Take: int.MaxValue), Ada),
        Of("a page of less", BankError.InvalidRange, new BankRequest.AuditTrail(Take: -1), Ada),
        Of("no day", BankError.InvalidRange, new BankRequest.BalanceHistory(OpenBank.Ada, 0), Ada),
        Of("all days", BankError.InvalidRange, new BankRequest.BalanceHistory(OpenBank.Ada, int.MaxValue), Ada),
        Of("no day's spending", BankError.InvalidRange, new BankRequest.Spending(0), Ada),
        Of("all days' spending", BankError.InvalidRange, new BankRequest.Spending(int.MaxValue), Ada),
        Of("due yesterday", BankError.InvalidRange, Order() with { First = Today.AddDays(-1) }, Ada),
        Of("due at the end of time", BankError.InvalidRange, Order() with { First = DateOnly.MaxValue }, Ada),
        Of("over before it begins", BankError.InvalidRange, Order() with { Last = Today.AddDays(-1) }, Ada),
        Of("a standing order of much", BankError.LimitExceeded, Order() with { Amount = 1_000_01 }, Ada),
    ];

    private IEnumerable<HostileRequest> Roles() =>
    [
        Of("to freeze", BankError.Forbidden, new BankRequest.Freeze(OpenBank.Grace, "x"), Ada),
        Of("to unfreeze", BankError.Forbidden, new BankRequest.Unfreeze(OpenBank.Ada, "x"), Ada),
        Of("to see all accounts", BankError.Forbidden, new BankRequest.AllAccounts(), Ada),
        Of("to see what everyone did", BankError.Forbidden, new BankRequest.AuditTrail(Everyone: true), Ada),
        Of("to raise a limit", BankError.Forbidden, new BankRequest.SetDailyLimit(OpenBank.Ada, 2_000_01), Ada),
        Of("to freeze the bank", BankError.NotFound, new BankRequest.Freeze(OpenBank.Vault, "x"), Olivia),
        Of("all accounts behind SQL", BankError.NotFound, new BankRequest.AllAccounts(After: OrTrue), Olivia),
    ];

    private static IEnumerable<HostileRequest> SignIns() =>
    [
        Of("a name of SQL", BankError.WrongCredentials, new BankRequest.SignIn(OrTrue, OrTrue), null),
        Of("a name with a NUL", BankError.WrongCredentials, new BankRequest.SignIn("ada\0", OpenBank.Password), null),
        Of("a long password", BankError.WrongCredentials, new BankRequest.SignIn("ada", new('x', 120_000)), null),
        Of("a challenge of SQL", BankError.WrongCredentials, new BankRequest.ConfirmSignIn(OrTrue, "123456"), null),
        Of("no challenge", BankError.WrongCredentials, new BankRequest.ConfirmSignIn("", Sql), null),
    ];

    private DateOnly Today => DateOnly.FromDateTime(bank.Clock.GetUtcNow().UtcDateTime);

    private BankRequest.Transfer Transfer() => bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1);

    private BankRequest.CreateStandingOrder Order() => new(
        OpenBank.Ada, OpenBank.Grace, 1, "", Category.Other, Today, Repeat.Weekly, null, bank.NewKey());

    private HostileRequest Fields(
        string name, BankError error, string fields, string reference = "", string category = "other") => Json(
        name,
        error,
        $$"""
        {"do":"transfer","token":"{{Ada}}","from":"{{OpenBank.Ada}}","to":"{{OpenBank.Grace}}",
         "reference":"{{reference}}","category":"{{category}}",
         "key":"{{bank.NewKey()}}"{{(fields.Length == 0 ? "" : ",")}} {{fields}} }
        """);

    private static HostileRequest Of(string name, BankError error, BankRequest request, string? token) =>
        HostileRequest.Of(name, error, request, token);

    private static HostileRequest Json(string name, BankError error, string json) =>
        HostileRequest.Json(name, error, json);
}
