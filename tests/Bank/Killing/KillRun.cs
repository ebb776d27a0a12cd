using System.Diagnostics;
using Bank.Database;
using Bank.Protocol;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests.Killing;

/// <summary>
/// Two thousand transfers while everything is killed in turn, and what has to be true at every moment of that.
/// </summary>
internal sealed class KillRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly BankDatabase _database;
    private readonly string _folder;
    private readonly List<string> _endpoints;
    private readonly List<Victim> _applications;
    private readonly Victim _client;
    private readonly KilledPostgres? _postgres;

    private KillRun(BankDatabase database, string name, string folder, int servers, KilledPostgres? postgres)
    {
        _database = database;
        _folder = folder;
        _postgres = postgres;
        _endpoints = [.. Enumerable.Range(0, servers).Select(_ => $"tls://127.0.0.1:{FreePort.Next()}")];
        _applications = _endpoints.ConvertAll(endpoint => new Victim("application", () => new ProcessStartInfo(
            Victim.DotNet,
            [
                Path.Combine(AppContext.BaseDirectory, "Bank.dll"), "application", "--listen", endpoint,
                "--database", name, "--certificates", TestCertificates.In(folder), "--attached",
            ])));
        _client = new Victim("client", () => new ProcessStartInfo(
            Victim.DotNet, [typeof(KillRun).Assembly.Location, PayingProgram.Word, _folder, .. _endpoints]));
    }

    /// <summary>How often each tier is killed. The record was made with 30.</summary>
    public static int KillsOfEach { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("BANK_KILLS"), out var kills) ? kills : 1;

    public static async Task<KillRun> StartAsync(string folder, KilledPostgres? postgres, int servers)
    {
        var seed = (int)(Seed.Choose() % int.MaxValue);
        Seed.Print((ulong)seed);
        BankCertificates.Ensure(TestCertificates.In(folder));
        PayingProgram.WriteSeed(folder, seed);
        var name = postgres?.Connection ?? Path.Combine(folder, "bank.db");
#pragma warning disable CA2000 // The run disposes it.
        var database = BankDatabase.Open(name);
#pragma warning restore CA2000
        await database.WriteAsync(desk =>
        {
            PaymentPlan.Fill(desk);
            return true;
        }).Soon();
        var run = new KillRun(database, name, folder, servers, postgres);
        run._applications.ForEach(application => application.Start());
        run._client.Start();

        return run;
    }

    /// <summary>Kills each tier in turn, evenly over the transfers, and looks at the books each time.</summary>
    public async Task KillAllAsync()
    {
        List<Victim> victims = [.. _applications, _client];
        if (_postgres is not null)
        {
            victims.Add(_postgres.Victim);
        }

        var kills = KillsOfEach * victims.Count;
        for (var kill = 0; kill < kills; kill++)
        {
            await WaitForAsync((kill + 1) * PaymentPlan.Transfers / (kills + 1));
            await KillAsync(victims[kill % victims.Count]);
            await CheckSnapshotAsync();
        }

        await WaitForAsync(PaymentPlan.Transfers);
        await CheckEndAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", victims.Select(victim => $"{victim.Name} killed {victim.Kills} times")));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        foreach (var application in _applications)
        {
            await application.DisposeAsync();
        }

        await _database.DisposeAsync();
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
        while (true)
        {
            // Looked at first: a client that has paid everything ends in order, and then all of it is to be read.
            var dead = _applications.Append(_client).FirstOrDefault(victim => victim.HasExited);
            var count = PayingProgram.ReadAcknowledged(_folder).Count;
            if (count >= acknowledged)
            {
                return;
            }

            Assert.True(dead is null, $"The {dead?.Name} ended by itself: {dead?.Said}");
            Assert.False(patience.IsCancellationRequested, $"{count} of {acknowledged} acknowledged.");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }

    private async Task CheckSnapshotAsync()
    {
        // Those first: what is acknowledged later may be in the snapshot, and does not have to.
        var acknowledged = PayingProgram.ReadAcknowledged(_folder);
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
        await CheckSnapshotAsync();
        var made = await _database.ReadAsync(Made).Soon();

        Assert.Equal(PaymentPlan.Transfers, made.Count);
    }

    private static ILookup<string, string> Made(Desk desk) => desk
        .Read(
            "SELECT reference, id FROM transfers WHERE reference LIKE 'payment %'",
            row => (Reference: row.GetString(0), Id: row.GetString(1)))
        .ToLookup(row => row.Reference, row => row.Id);
}
