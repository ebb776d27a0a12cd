using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Bank.Database;
using Bank.Protocol;
using Bank.Tests.Web;
using Bank.Web.Guarding;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests.Killing;

/// <summary>
/// Transfers at the pages of the bank, many at a time, while each tier is killed in turn, and what has to be true at
/// every moment of that.
/// </summary>
internal sealed class KillRun : IAsyncDisposable
{
    private const int AtOnce = 64;
    private const int FullTransfers = 2000;
    private const int QuickTransfers = 300;

    // For a share of the transfers, which is work that a busy machine takes its time for.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // How often each tier is killed. The record was made with 30.
    private static readonly string? Asked = Environment.GetEnvironmentVariable("BANK_KILLS");
    private static readonly int KillsOfEach = Asked is null ? 1 : int.Parse(Asked, CultureInfo.InvariantCulture);
    private static readonly int Transfers = Asked is null ? QuickTransfers : FullTransfers;

    private readonly BankDatabase _database;
    private readonly List<Victim> _tiers = [];
    private readonly KilledPostgres? _postgres;
    private readonly List<Uri> _sites;
    private readonly List<PayingCustomer> _customers;
    private readonly IReadOnlyList<PlannedPayment> _plan;
    private readonly ConcurrentQueue<int> _open = new(Enumerable.Range(0, Transfers));
    private readonly ConcurrentDictionary<int, string> _acknowledged = new();
    private readonly CancellationTokenSource _stopping = new();
    private List<Task> _payers = [];

    private KillRun(BankDatabase database, string name, string folder, int servers, KilledPostgres? postgres, int seed)
    {
        _database = database;
        _postgres = postgres;
        _plan = PaymentPlan.Make(Transfers, seed);
        var applications = Enumerable.Range(0, servers).Select(_ => $"tls://127.0.0.1:{FreePort.Next()}").ToList();
        var ports = Enumerable.Range(0, servers).Select(_ => FreePort.Next()).ToList();
        for (var server = 0; server < servers; server++)
        {
            // Each web tier begins with an application server of its own.
            var own = applications[server];
            var known = string.Join(',', applications.OrderBy(each => each != own));
            _tiers.Add(TierOf("application", folder, "--listen", own, "--database", name));
            _tiers.Add(TierOf(
                "web", folder, "--listen", $"tcp://127.0.0.1:{ports[server]}", "--application", known));
        }

        _sites = ports.ConvertAll(port => new Uri($"https://127.0.0.1:{port}"));
        _customers =
        [
            .. Enumerable.Range(0, PaymentPlan.Customers)
                .Select(customer => new PayingCustomer(PaymentPlan.NameOf(customer), _sites)),
        ];
    }

    public static async Task<KillRun> StartAsync(string folder, KilledPostgres? postgres, int servers)
    {
        var seed = (int)(Seed.Choose() % int.MaxValue);
        Seed.Print((ulong)seed);
        BankCertificates.Ensure(TestCertificates.In(folder));
        PageCertificate.Ensure(TestCertificates.In(folder), TimeProvider.System).Dispose();
        var name = postgres?.Connection ?? Path.Combine(folder, "bank.db");
#pragma warning disable CA2000 // The run disposes it.
        var database = BankDatabase.Open(name);
#pragma warning restore CA2000
        await database.WriteAsync(PaymentPlan.Fill).Soon();
        var run = new KillRun(database, name, folder, servers, postgres, seed);
        run._tiers.ForEach(tier => tier.Start());
        await run.OpenAsync();

        return run;
    }

    /// <summary>Kills each in turn, evenly over the transfers, and looks at the books each time.</summary>
    public async Task KillAllAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        List<Victim> victims = [.. _tiers, .. _postgres is null ? [] : (Victim[])[_postgres.Victim]];
        var kills = KillsOfEach * victims.Count;
        for (var kill = 0; kill < kills; kill++)
        {
            await WaitForAsync((kill + 1) * Transfers / (kills + 1));
            await KillAsync(victims[kill % victims.Count]);
            await CheckSnapshotAsync();
        }

        await WaitForAsync(Transfers);
        await CheckEndAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{string.Join(", ", victims.Select(victim => $"{victim.Name} killed {victim.Kills} times"))}; "
            + $"{Transfers} transfers, {_customers.Sum(customer => customer.Lost)} times no answer, "
            + $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_payers).ContinueWith(static _ => { }, TaskScheduler.Default);
        _stopping.Dispose();
        _customers.ForEach(customer => customer.Dispose());
        foreach (var tier in _tiers)
        {
            await tier.DisposeAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"The {tier.Name} said: {tier.Said}");
        }

        await _database.DisposeAsync();
    }

    // As the launcher starts it.
    private static Victim TierOf(string tier, string folder, params string[] words) =>
        new($"{tier} tier", () => new ProcessStartInfo(
            Victim.DotNet,
            [
                Path.Combine(AppContext.BaseDirectory, "Bank.dll"), tier, .. words,
                "--certificates", TestCertificates.In(folder), "--attached",
            ]));

    private async Task OpenAsync()
    {
        await SignInAsync();
        _payers = [.. Enumerable.Range(0, AtOnce).Select(_ => PayAsync())];
    }

    private async Task PayAsync()
    {
        while (_open.TryDequeue(out var index))
        {
            var payment = _plan[index];
            _acknowledged[index] = await _customers[payment.Customer].PayAsync(payment, _stopping.Token);
        }
    }

    private async Task KillAsync(Victim victim)
    {
        await victim.KillAsync();
        if (victim == _postgres?.Victim)
        {
            await _postgres.ReviveAsync();
        }
        else
        {
            victim.Start();
        }
    }

    private async Task WaitForAsync(int acknowledged)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (_acknowledged.Count < acknowledged)
        {
            CheckTiersLive();
            Assert.False(patience.IsCancellationRequested, $"{_acknowledged.Count} of {acknowledged} acknowledged.");
            await (_payers.Find(payer => payer.IsFaulted) ?? Task.CompletedTask);

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    private async Task CheckSnapshotAsync()
    {
        // Those first: what is acknowledged later may be in the snapshot, and does not have to.
        var acknowledged = _acknowledged.ToArray();
        var (check, made) = await _database.ReadAsync(desk => (LedgerCheck.Run(desk), Made(desk))).Soon();

        Assert.True(check.IsRight, $"{check}");
        Assert.All(made, transfer => Assert.True(transfer.Count() == 1, $"{transfer.Key}: {transfer.Count()} times."));
        foreach (var (index, id) in acknowledged)
        {
            Assert.Equal([id], made[PaymentPlan.ReferenceOf(index)]);
        }
    }

    private async Task CheckEndAsync()
    {
        await Task.WhenAll(_payers);
        await CheckSnapshotAsync();
        Assert.Equal(Transfers, (await _database.ReadAsync(Made).Soon()).Count);

        // Who was signed in at the start has paid with that until now; and signing in goes on as ever.
        await SignInAsync();
    }

    // A tier that was killed may still be starting while the others have done all the work; and a code is good once, so
    // nobody shall have to ask again with one.
    private async Task SignInAsync()
    {
        await Task.WhenAll(_sites.Select(WaitForSiteAsync));
        await Task.WhenAll(_customers.Select(customer => customer.SignInAsync()));
    }

    // Whoever is sent to the sign-in for a token of nobody's has been answered by an application tier.
    private async Task WaitForSiteAsync(Uri site)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var nobody = new HttpVisit(site, () => "", new() { ["__Host-bank"] = "900.YWRh.nobodys" });
        while (await PayingCustomer.TryAskAsync(nobody, visit => visit.GetAsync("/")) is null)
        {
            CheckTiersLive();
            Assert.False(patience.IsCancellationRequested, $"{site} does not answer.");

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private void CheckTiersLive()
    {
        var dead = _tiers.FirstOrDefault(tier => tier.HasExited);
        Assert.True(dead is null, $"The {dead?.Name} ended by itself: {dead?.Said}");
    }

    private static ILookup<string, string> Made(Desk desk) => desk
        .Read(
            "SELECT reference, id FROM transfers WHERE reference LIKE 'payment %'",
            row => (Reference: row.GetString(0), Id: row.GetString(1)))
        .ToLookup(row => row.Reference, row => row.Id);
}
