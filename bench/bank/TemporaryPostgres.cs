using System.Diagnostics;
using Npgsql;

namespace Switchboard.Bench.Bank;

/// <summary>A PostgreSQL in a folder of its own, as Debian installs it, with the settings it comes with.</summary>
internal sealed class TemporaryPostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-pg-").FullName;
    private Process? _server;
    private int _databases;

    private TemporaryPostgres()
    {
    }

    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
            .Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    public static async Task<TemporaryPostgres> StartAsync()
    {
        var postgres = new TemporaryPostgres();
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(new ProcessStartInfo("chown", ["postgres", postgres._folder]));
        }

        var cluster = Path.Combine(postgres._folder, "cluster");
        await RunAsync(Command(
            "initdb", ["-D", cluster, "-U", "bench", "--auth=trust", "--encoding=UTF8", "--locale=C"]));
        postgres._server = Process.Start(Command(
            "postgres", ["-D", cluster, "-k", postgres._folder, "-c", "listen_addresses="]))!;
        _ = postgres._server.StandardError.BaseStream.CopyToAsync(Stream.Null);
        while (!await postgres.AnswersAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return postgres;
    }

    public async Task<string> MakeDatabaseAsync()
    {
        var name = $"bank{++_databases}";
        await ExecuteAsync($"CREATE DATABASE {name}");

        return $"Host={_folder};Username=bench;Database={name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await RunAsync(new ProcessStartInfo("kill", ["-INT", $"{_server.Id}"]));
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException) when (!_server!.HasExited)
        {
            return false;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={_folder};Username=bench;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var running = Process.Start(start)!;
        await running.StandardOutput.ReadToEndAsync();
        await running.WaitForExitAsync();
        if (running.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} failed.");
        }
    }

    // PostgreSQL refuses to be root.
    private static ProcessStartInfo Command(string program, string[] arguments)
    {
        string[] words = [Path.Combine(Programs!, program), .. arguments];
        words = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. words]
            : words;

        return new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = "/", RedirectStandardError = true };
    }
}
