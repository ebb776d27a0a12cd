using System.Diagnostics;
using Npgsql;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests;
using Switchboard.Tests.Connections;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Switchboard.Chat.Tests.Storing;

/// <summary>
/// A PostgreSQL of the test run's own, in a temporary folder, started when a test first asks for it. It ends with the
/// run, however that ends, and its folder with it: its keeper waits for the end of a pipe.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Password = "right";

    // The server is not a child of this process: whoever started it stops it, once nobody holds the pipe's other end.
    private const string Keeper =
        """
        "$0/postgres" -D "$1/cluster" -k "$1" -c listen_addresses=127.0.0.1 -c port="$2" < /dev/null &
        server=$!
        read _
        kill -INT "$server"
        wait "$server"
        rm -rf "$1"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"switchboard-pg-{Guid.NewGuid():N}"[..28]);
    private readonly Lazy<Task> _started;
    private readonly int _port = FreePort.Next();
    private Process? _keeper;
    private int _schemas;

    public PostgresServer() => _started = new Lazy<Task>(StartAsync);

    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
            .Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <summary>A database's line, over TCP, where passwords are asked for.</summary>
    public string OverTcp(string userAndPassword) => $"postgres://{userAndPassword}@127.0.0.1:{_port}/postgres";

    /// <summary>A database's line, over the unix socket, with tables that no other test sees.</summary>
    public async Task<string> MakeDatabaseAsync()
    {
        await WaitUntilStartedAsync();
        var schema = $"test{Interlocked.Increment(ref _schemas)}";
        await ExecuteAsync($"CREATE SCHEMA {schema}");

        return $"{Connection};Search Path={schema}";
    }

    public Task WaitUntilStartedAsync()
    {
        Assert.SkipWhen(Programs is null, "PostgreSQL is not installed (Debian's package postgresql).");

        return _started.Value;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{Connection};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write their own SQL.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Waits until no connection of a program is left: what a killed one has asked for last may still be committed.
    /// </summary>
    public async Task WaitUntilGoneAsync(string application)
    {
        await using var connection = new NpgsqlConnection($"{Connection};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1";
        command.Parameters.Add(new NpgsqlParameter { Value = application });
        using var patience = new CancellationTokenSource(Patience);
        while (await command.ExecuteScalarAsync(patience.Token) is > 0L)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync().Soon();
            _keeper.Dispose();
        }
    }

    private string Connection => $"Host={_folder};Port={_port};Username=chat;Database=postgres";

    private async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        var passwords = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwords, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", ["-R", "postgres", _folder]);
        }

        var cluster = Path.Combine(_folder, "cluster");
        await RunAsync(
            Path.Combine(Programs!, "initdb"),
            [
                "-D", cluster, "-U", "chat", "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8",
                "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync", $"--pwfile={passwords}",
            ],
            asServer: true);
        await StartKeeperAsync();
    }

    private async Task StartKeeperAsync()
    {
        var start = Command("sh", ["-c", Keeper, Programs!, _folder, $"{_port}"], asServer: true);
        start.RedirectStandardInput = true;
        _keeper = Process.Start(start)!;
        _keeper.OutputDataReceived += static (_, _) => { };
        _keeper.ErrorDataReceived += static (_, _) => { };
        _keeper.BeginOutputReadLine();
        _keeper.BeginErrorReadLine();
        await WaitForAnswerAsync();
    }

    private async Task WaitForAnswerAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private static async Task RunAsync(string program, string[] arguments, bool asServer = false)
    {
        using var running = Process.Start(Command(program, arguments, asServer))!;
        var said = running.StandardError.ReadToEndAsync();
        await running.StandardOutput.ReadToEndAsync();
        await running.WaitForExitAsync().Soon();

        Assert.True(running.ExitCode == 0, $"{program} failed: {await said}");
    }

    // PostgreSQL refuses to be root.
    private static ProcessStartInfo Command(string program, string[] arguments, bool asServer)
    {
        string[] words = asServer && Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]
            : [program, .. arguments];

        return new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }
}
