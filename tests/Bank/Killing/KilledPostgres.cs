using System.Diagnostics;
using Npgsql;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

namespace Bank.Tests.Killing;

/// <summary>A PostgreSQL of one test's own, to be killed and to recover.</summary>
internal sealed class KilledPostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bank-pg-").FullName;
    private readonly int _port = FreePort.Next();

    private KilledPostgres() => Victim = new Victim("database", () => Command(
        "postgres",
        ["-D", Cluster, "-k", _folder, "-c", "listen_addresses=", "-c", $"port={_port}"]));

    public Victim Victim { get; }

    public string Connection => $"Host={_folder};Port={_port};Username=bank;Database=postgres";

    private string Cluster => Path.Combine(_folder, "cluster");

    public static async Task<KilledPostgres> StartAsync()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (Debian's package postgresql).");
        var postgres = new KilledPostgres();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(new ProcessStartInfo("chown", ["postgres", postgres._folder]));
        }

        await RunAsync(Command(
            "initdb",
            ["-D", postgres.Cluster, "-U", "bank", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]));
        await postgres.ReviveAsync();

        return postgres;
    }

    /// <summary>
    /// Starts it until it answers: as long as a process of the killed one is alive, the new one refuses to begin.
    /// </summary>
    public async Task ReviveAsync()
    {
        using var patience = new CancellationTokenSource(OpenBank.Patience);
        Victim.Start();
        while (!await AnswersAsync())
        {
            Assert.False(patience.IsCancellationRequested, Victim.Said);
            if (Victim.HasExited)
            {
                Victim.Start();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Victim.DisposeAsync();

        // Its children see that it is gone, and go too; until then they may write.
        await Waiting.UntilAsync(TryDelete);
    }

    private bool TryDelete()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(_folder);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{Connection};Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var running = Process.Start(start)!;
        await running.StandardOutput.ReadToEndAsync();
        await running.WaitForExitAsync();
        Assert.Equal(0, running.ExitCode);
    }

    // PostgreSQL refuses to be root.
    private static ProcessStartInfo Command(string program, string[] arguments)
    {
        string[] words = [Path.Combine(PostgresServer.Programs!, program), .. arguments];
        words = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. words]
            : words;

        return new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = "/" };
    }
}
