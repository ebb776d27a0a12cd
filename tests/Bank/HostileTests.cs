using System.Buffers.Binary;
using Bank.Protocol;
using Switchboard;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

/// <summary>A web tier in the wrong hands: its certificate is good, its requests are not.</summary>
public sealed class HostileTests(PostgresServer postgres)
{
    [Theory]
    [BothDatabases]
    public async Task Each_hostile_request_is_refused_with_its_error_and_changes_nothing(DatabaseKind kind)
    {
        await using var bank = await OpenBank.OpenAsync(kind, postgres);
        var table = (await PrepareAsync(bank)).All().ToList();
        Assert.True(table.Count >= 40, $"{table.Count} are not many.");
        await using var connection = await ConnectAsync(bank, TestCertificates.Ours, BankCertificates.Web);
        await using var frames = connection.Frames(BankFrame.Framing);
        var before = await bank.SnapshotAsync();

        var wrong = new List<string>();
        foreach (var hostile in table)
        {
            await frames.SendAsync(hostile.Frame).Soon();
            var answer = BankFrame.ReadReply((await frames.ReceiveAsync().Soon())!.Value.Span);
            if (answer is not BankReply.Refused refused || refused.Error != hostile.Error)
            {
                wrong.Add($"{hostile.Name}: {answer}");
            }

            if (await bank.SnapshotAsync() is var after && after != before)
            {
                wrong.Add($"{hostile.Name} changed something.");
                before = after;
            }
        }

        Assert.Empty(wrong);
        var ada = await bank.SignInAsync("ada");
        Assert.Equal(999_98, (await bank.AskAsync(bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1), ada)).Balance);
    }

    [Theory]
    [InlineData(BankFrame.MaxBytes + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task A_frame_that_is_too_long_ends_its_connection_and_no_other(int length)
    {
        await using var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);
        await bank.AskAsync(new BankRequest.Ping());
        await using var connection = await ConnectAsync(bank, TestCertificates.Ours, BankCertificates.Web);
        var prefix = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        await connection.SendAsync(prefix).Soon();

        await using var frames = connection.Frames(BankFrame.Framing);
        var answer = BankFrame.ReadReply((await frames.ReceiveAsync().Soon())!.Value.Span);

        Assert.Equal(BankError.FrameTooLarge, Assert.IsType<BankReply.Refused>(answer).Error);
        Assert.Null(await frames.ReceiveAsync().Soon());
        await bank.AskAsync(new BankRequest.Ping());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\u0009\u0001")]
    [InlineData("\0\0")]
    public async Task A_frame_that_is_never_whole_harms_nobody(string begun)
    {
        await using var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);
        await using (var connection = await ConnectAsync(bank, TestCertificates.Ours, BankCertificates.Web))
        {
            await connection.SendAsync(System.Text.Encoding.Latin1.GetBytes(begun)).Soon();
            await connection.CompleteSendingAsync().Soon();
        }

        await bank.AskAsync(new BankRequest.Ping());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("strangers", BankCertificates.Web)]
    [InlineData("ours", BankCertificates.Application)]
    public async Task Who_shows_no_certificate_of_a_web_tier_is_not_heard(string? authority, string? name)
    {
        await using var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);
        var folder = authority == "strangers" ? TestCertificates.Strangers : TestCertificates.Ours;

        // With TLS 1.3 the client is done before the server has looked: the refusal shows in what comes behind.
        var refused = await Record.ExceptionAsync(async () =>
        {
            await using var connection = await ConnectAsync(bank, folder, name);
            await using var frames = connection.Frames(BankFrame.Framing);
            await frames.SendAsync(BankFrame.Write(1, new BankRequest.Ping())).Soon();
            Assert.Null(await frames.ReceiveAsync().Soon());
        });

        Assert.True(refused is null or ConnectionException, $"{refused}");
        await bank.AskAsync(new BankRequest.Ping());
    }

    [Fact]
    public async Task A_server_of_another_authority_is_told_nothing()
    {
        await using var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);

        var failed = await VainQuestion.AskAsync(BankClientOptions.From(TestCertificates.Strangers, bank.Endpoint));

        Assert.Equal(BankError.Unavailable, failed.Error);
        Assert.IsType<TlsException>(failed.InnerException);
    }

    [Fact]
    public async Task Who_speaks_no_TLS_is_not_heard()
    {
        await using var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);
        var plain = new TcpEndpoint("127.0.0.1", ((TlsEndpoint)bank.Endpoint).Port);
        var patient = new ConnectOptions { Timeout = OpenBank.Patience };
        await using (var connection = await Connection.ConnectAsync(plain, patient).Soon())
        {
            await connection.SendAsync(BankFrame.Write(1, new BankRequest.Ping())).Soon();

            // The server may have given up by now, or not: the end shows in whatever comes behind.
            var answer = await Record.ExceptionAsync(async () =>
            {
                await connection.CompleteSendingAsync().Soon();
                await connection.ReceiveToEndAsync(1000).Soon();
            });
            Assert.True(answer is null or ConnectionException, $"{answer}");
        }

        await bank.AskAsync(new BankRequest.Ping());
    }

    private static async Task<HostileRequests> PrepareAsync(OpenBank bank)
    {
        var tooOld = await bank.SignInAsync("ada");
        bank.Clock.Advance(TimeSpan.FromHours(1));
        var (ada, grace, olivia) =
            (await bank.SignInAsync("ada"), await bank.SignInAsync("grace"), await bank.SignInAsync("olivia"));
        var signedOut = await bank.SignInAsync("ada");
        await bank.AskAsync(new BankRequest.SignOut(), signedOut);
        await bank.Database.WriteAsync(
            desk => OpenBank.Bring(desk, OpenBank.Grace, 5_000_00, bank.Clock.GetUtcNow())).Soon();

        var paid = bank.Transfer(OpenBank.Ada, OpenBank.Grace, 1);
        await bank.AskAsync(paid, ada);
        var today = DateOnly.FromDateTime(bank.Clock.GetUtcNow().UtcDateTime);
        var due = new BankRequest.CreateStandingOrder(
            OpenBank.Grace, OpenBank.Ada, 1, "", Category.Other, today.AddDays(9), Repeat.Weekly, null, bank.NewKey());
        var order = await bank.AskAsync(due, grace);

        return new HostileRequests(bank, paid)
        {
            Ada = ada,
            Olivia = olivia,
            SignedOut = signedOut,
            TooOld = tooOld,
            GracesOrder = order.Id,
            GracesApproval = (await bank.AskAsync(bank.Transfer(OpenBank.Grace, OpenBank.Charles, 1_500_00), grace)).Id,
            AdasApproval = (await bank.AskAsync(bank.Transfer(OpenBank.Joint, OpenBank.Grace, 1_500_00), ada)).Id,
        };
    }

    private static Task<Connection> ConnectAsync(OpenBank bank, string folder, string? certificate)
    {
        var tls = new TlsConnectOptions
        {
            TrustedRoots = BankCertificates.LoadRoots(TestCertificates.Ours),
            ServerName = BankCertificates.Application,
            Certificate = certificate is null ? null : BankCertificates.Load(folder, certificate),
        };

        return Connection.ConnectAsync(bank.Endpoint, new() { Tls = tls, Timeout = OpenBank.Patience }).Soon();
    }
}
