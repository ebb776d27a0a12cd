using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Switchboard.Chat.Storing;

namespace Switchboard.Chat.Tests.Storing;

public sealed class DialectTests
{
    [Theory]
    [InlineData(5, "locked for 5 seconds. End that program")]
    [InlineData(8, "only be read. Let this user write")]
    [InlineData(10, "the disk fails")]
    [InlineData(11, "damaged. Put a copy back")]
    [InlineData(13, "the disk is full. Make room")]
    [InlineData(14, "cannot be opened. Its folder")]
    [InlineData(26, "no database of SQLite. Name another")]
    [InlineData(1, "words of the driver")]
    public void Errors_of_SQLite_say_why_and_what_helps(int code, string says)
    {
        Explains("/var/chat.db", new SqliteException("words of the driver", code), says);
    }

    [Theory]
    [InlineData("28P01", "refuses the password. Set PGPASSWORD")]
    [InlineData("28000", "does not let this user in (words of the server). Its pg_hba.conf")]
    [InlineData("3D000", "no such database. Make it")]
    [InlineData("42501", "words of the server. The user needs CREATE")]
    [InlineData("53100", "disk is full. Make room")]
    [InlineData("53300", "too many connections. Raise")]
    [InlineData("57P03", "starting, stopping or recovering. Try again")]
    [InlineData("XX000", "words of the server (XX000).")]
    public void Errors_of_PostgreSQL_say_why_and_what_helps(string state, string says)
    {
        Explains("postgres://db/chat", new PostgresException("words of the server", "ERROR", "ERROR", state), says);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_told()
    {
        Explains("postgres://db/chat", new NpgsqlException("Slow", new TimeoutException()), "does not answer in time");
    }

    private static void Explains(string database, DbException error, string says)
    {
        using var dialect = DatabaseName.Parse(database).ToDialect();

        var explained = dialect.Explain("read messages", error);

        Assert.StartsWith($"Cannot read messages in {dialect.Name}: ", explained.Message, StringComparison.Ordinal);
        Assert.Contains(says, explained.Message, StringComparison.Ordinal);
        Assert.Same(error, explained.InnerException);
    }
}
