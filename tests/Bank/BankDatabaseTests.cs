using Bank.Database;
using Npgsql;
using Switchboard.Chat.Tests.Storing;
using Switchboard.Tests.Connections;

namespace Bank.Tests;

public sealed class BankDatabaseTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_connection_that_breaks_behind_the_last_answer_is_made_anew_for_the_next()
    {
        // More than there are readers, so some of them come again.
        const int Times = 12;
        var name = await postgres.MakeDatabaseAsync();
        await using var database = BankDatabase.Open(name);

        for (var time = 0; time < Times; time++)
        {
            var ended = await database.ReadAsync(
                desk => EndFromOutside(name, desk.Number("SELECT pg_backend_pid()"))).Soon();
            Assert.True(ended, "The connection goes on.");
        }
    }

    private static bool EndFromOutside(string database, long? server)
    {
        using var connection = new NpgsqlConnection($"{database};Pooling=false");
        connection.Open();
        using var ending = new NpgsqlCommand("SELECT pg_terminate_backend($1, $2)", connection) { CommandTimeout = 0 };
        ending.Parameters.Add(new NpgsqlParameter { Value = (int)server! });
        ending.Parameters.Add(new NpgsqlParameter { Value = (long)OpenBank.Patience.TotalMilliseconds });

        return (bool)ending.ExecuteScalar()!;
    }
}
