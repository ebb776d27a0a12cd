using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Bank.Protocol;

namespace Bank.Tests;

public sealed class BankFrameTests
{
    [Fact]
    public void A_transfer_is_these_bytes()
    {
        var frame = BankFrame.Write(17, new BankRequest.Transfer(
            "734200000133", "734200000230", 250_00, "Tee für \"O'Hara\"", Category.Groceries, "k") { Token = "t" });

        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 17], frame[..BankFrame.HeaderBytes]);
        Assert.Equal(
            """{"do":"transfer","from":"734200000133","to":"734200000230","amount":25000"""
            + ""","reference":"Tee für \"O'Hara\"","category":"groceries","key":"k","token":"t"}""",
            Encoding.UTF8.GetString(frame[BankFrame.HeaderBytes..]));
    }

    [Fact]
    public void A_request_that_only_reads_has_no_field_that_says_so()
    {
        var frame = BankFrame.Write(17, new BankRequest.Spending(7) { Token = "t" });

        Assert.Equal(
            """{"do":"spending","days":7,"token":"t"}""", Encoding.UTF8.GetString(frame[BankFrame.HeaderBytes..]));
    }

    [Fact]
    public void Every_request_and_every_answer_comes_out_as_it_went_in()
    {
        var now = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        var day = new DateOnly(2026, 1, 1);
        BankRequest[] requests =
        [
            new BankRequest.Ping(), new BankRequest.SignIn("a", "b"), new BankRequest.ConfirmSignIn("a", "b"),
            new BankRequest.Statement("a", 1, 2, "s", Category.Income, now, now), new BankRequest.Statement("a"),
            new BankRequest.CreateStandingOrder("a", "b", 1, "", Category.Other, day, Repeat.Weekly, null, "k"),
            new BankRequest.AuditTrail { Token = "t" }, new BankRequest.Approve("i"),
        ];
        BankReply[] replies =
        [
            new BankReply.Refused(BankError.LockedOut, "x", 5), new BankReply.Transferred("i", true, now, null),
            new BankReply.StandingOrder("i", "a", "b", "n", 1, "", Category.Other, Repeat.Monthly, day, null, null),
        ];

        Assert.All(requests, request => Assert.Equal(request, BankFrame.ReadRequest(BankFrame.Write(1, request))));
        Assert.All(replies, reply => Assert.Equal(reply, BankFrame.ReadReply(BankFrame.Write(1, reply))));
        Assert.All(replies, reply => Assert.Equal(reply, BankFrame.ReplyFromText(BankFrame.ToText(reply))));
    }

    [Fact]
    public void The_longest_page_fits_into_a_frame()
    {
        var entry = new BankReply.Entry(
            long.MaxValue, DateTimeOffset.MaxValue, long.MinValue, long.MinValue, new('1', 12), new('語', 100),
            new('語', 140), Category.Groceries, new('f', 32));
        var account = new BankReply.Account(new('1', 12), new('語', 100), [new('語', 100)], 0, 0, 0, 0, false);

        var frame = BankFrame.Write(1, new BankReply.StatementPage(account, [.. Enumerable.Repeat(entry, 100)], 1));

        Assert.InRange(frame.Length, 1, BankFrame.MaxBytes);
    }

    [Fact]
    public async Task The_document_of_the_protocol_names_every_request_and_every_answer()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Switchboard.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var document = await File.ReadAllTextAsync(Path.Combine(folder, "samples/Bank/Bank.Protocol/README.md"));

        Assert.All(
            Names<BankRequest>().Concat(Names<BankReply>()),
            name => Assert.Matches($"`\"?{name}\"?`", document));

        static IEnumerable<string> Names<T>() => typeof(T).GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
            .Select(known => (string)known.TypeDiscriminator!);
    }

    [Fact]
    public void Nothing_that_may_be_logged_shows_a_password_or_a_token()
    {
        var shown = $"{new BankRequest.SignIn("ada", "secret") { Token = "secret" }} "
            + new BankReply.SignedIn("secret", DateTimeOffset.MaxValue, 1, new("ada", "Ada", false, "EUR", 1));

        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
    }
}
