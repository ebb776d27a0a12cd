using System.Security.Cryptography.X509Certificates;
using Bank.Application;
using Bank.Protocol;
using Bank.Web;
using Bank.Web.Guarding;
using Switchboard.Chat.Tests.Storing;

namespace Bank.Tests.Web;

/// <summary>A whole bank with its web tier, on the bank's standing clock.</summary>
internal sealed class WebRun : IAsyncDisposable
{
    /// <summary>A name that the site is known by besides this machine's own.</summary>
    public const string Host = "bank.example";

    private static readonly Lazy<X509Certificate2> Certificate =
        new(() => PageCertificate.Ensure(TestCertificates.Ours, TimeProvider.System));

    private WebRun(OpenBank bank, WebTier tier) => (Bank, Tier) = (bank, tier);

    public OpenBank Bank { get; }

    public WebTier Tier { get; }

    public Uri Url => Tier.Url;

    public static async Task<WebRun> StartAsync(PostgresServer postgres)
    {
#pragma warning disable CA2000 // The run disposes it.
        var bank = await OpenBank.OpenAsync(DatabaseKind.Sqlite, postgres);
#pragma warning restore CA2000
        return new WebRun(bank, await StartTierAsync(bank));
    }

    /// <param name="bank">Whose clock it has.</param>
    /// <param name="application">Whom it asks, and how; null for the bank itself.</param>
    public static Task<WebTier> StartTierAsync(OpenBank bank, BankClientOptions? application = null) =>
        WebTier.StartAsync(new()
        {
            Listen = "tcp://127.0.0.1:0",
            Application = application ?? BankClientOptions.From(TestCertificates.Ours, bank.Endpoint) with
            {
                Timeout = OpenBank.Patience,
            },
            Certificate = Certificate.Value,
            Hosts = [Host],
            TimeProvider = bank.Clock,
        });

    /// <summary>The code that authenticators show next. A code is good once, so the clock moves on to it.</summary>
    public string NextCode()
    {
        Bank.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        return Totp.CodeAt(OpenBank.Secret, Bank.Clock.GetUtcNow());
    }

    /// <summary>Has ada ask for more than she may send alone.</summary>
    /// <returns>What a second person has to approve.</returns>
    public async Task<string> AskAsync()
    {
        var token = await Bank.SignInAsync("ada");
        return (await Bank.AskAsync(Bank.Transfer(OpenBank.Joint, OpenBank.Grace, 1_200_00), token)).Id;
    }

    /// <summary>What waits for a second person.</summary>
    public async Task<string> WaitingAsync()
    {
        var token = await Bank.SignInAsync("ada");
        return (await Bank.AskAsync(new BankRequest.Approvals(), token)).Approvals[0].Id;
    }

    /// <summary>All that moves or holds money, and all that waits to move it.</summary>
    public async Task<string> LedgerAsync() => string.Join('\n', (await Bank.SnapshotAsync()).Split('\n')
        .Where(line => !line.StartsWith("audit:", StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await Tier.StopAsync();
        await Tier.DisposeAsync();
        await Bank.DisposeAsync();
    }
}
