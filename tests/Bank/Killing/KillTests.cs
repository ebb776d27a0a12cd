namespace Bank.Tests.Killing;

/// <summary>
/// What is acknowledged is there once, what is not is there once or not at all, whoever is killed when.
/// </summary>
public sealed class KillTests
{
    [Fact]
    public async Task Money_moves_once_on_SQLite_whichever_tier_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("bank-kill-").FullName;
        await using (var run = await KillRun.StartAsync(folder, postgres: null, servers: 1))
        {
            await run.KillAllAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Money_moves_once_on_PostgreSQL_whichever_tier_is_killed()
    {
        await KillOnPostgresAsync(servers: 1);
    }

    [Fact]
    public async Task Money_moves_once_with_two_servers_on_one_PostgreSQL_whichever_tier_is_killed()
    {
        await KillOnPostgresAsync(servers: 2);
    }

    private static async Task KillOnPostgresAsync(int servers)
    {
        var folder = Directory.CreateTempSubdirectory("bank-kill-").FullName;
        await using (var postgres = await KilledPostgres.StartAsync())
        {
            await using var run = await KillRun.StartAsync(folder, postgres, servers);
            await run.KillAllAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
