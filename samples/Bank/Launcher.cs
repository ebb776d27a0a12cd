using System.Runtime.InteropServices;
using Bank.Application;
using Bank.Protocol;

namespace Bank;

/// <summary>Starts each tier as a process of its own, and starts it again when it dies: kill one, and look.</summary>
internal static class Launcher
{
    private const string Usage =
        """
        The whole bank on this machine's loopback.

          --folder FOLDER         certificates and database; in your own application folder by default
          --database DATABASE     SQLite's file, or a connection string of PostgreSQL; bank.db in the folder by default
          --application ENDPOINT  where the application tier listens; tls://localhost:7361 by default
          --web ENDPOINT          where browsers connect; tcp://localhost:7360 by default
          --trace                 the application tier prints every frame and every query
        """;

    private static readonly TierProgram Program = new(
        "bank", Usage, ["folder", "database", "application", "web"], ["trace"]);

    public static Task<int> RunAsync(IReadOnlyList<string> args) => Program.RunAsync(args, RunAsync);

    private static async Task<int> RunAsync(ProgramOptions options)
    {
        var folder = options["folder"] ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "switchboard-bank");
        var certificates = Path.Combine(folder, "certificates");
        var endpoint = options["application"] ?? "tls://localhost:7361";
        BankCertificates.Ensure(certificates);

        string[] trace = options.Has("trace") ? ["--trace"] : [];
        var application = new Tier(
            "application",
            [
                "--listen", endpoint,
                "--database", options["database"] ?? Path.Combine(folder, "bank.db"),
                "--certificates", certificates,
                "--sample", .. trace,
            ]);
        var web = new Tier(
            "web",
            [
                "--listen", options["web"] ?? "tcp://localhost:7360",
                "--application", endpoint,
                "--certificates", certificates,
            ]);
        PrintCustomers();
        return await RunAsync([application, web]) ? 0 : TierProgram.CannotStart;
    }

    // A tier that cannot start stops all.
    private static async Task<bool> RunAsync(IReadOnlyList<Tier> tiers)
    {
        using var stopping = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }

        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var running = tiers.Select(tier => tier.KeepRunningAsync(stopping.Token)).ToList();
        await Task.WhenAny(running);
        await stopping.CancelAsync();

        return (await Task.WhenAll(running)).All(hasRun => hasRun);
    }

    private static void PrintCustomers()
    {
        foreach (var person in SampleBank.Customers)
        {
            var role = person.IsOfficer ? "officer" : "customer";
            Console.WriteLine(
                $"{role,-8}  {person.Name,-8}  password {person.Password,-18}  secret {person.TotpSecret}");
        }

        Console.WriteLine("The second factor: put the secret into an authenticator, or ask for a code of now with");
        Console.WriteLine("  dotnet run --project samples/Bank -- code ada");
    }
}
