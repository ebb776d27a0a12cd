using Switchboard.Chat.Storing;

namespace Switchboard.Chat.Tests.Storing;

public sealed class DatabaseNameTests
{
    [Theory]
    [InlineData("/var/chat.db", "/var/chat.db")]
    [InlineData("sqlite:/var/chat.db", "/var/chat.db")]
    [InlineData("/var/a=b;c.db", "/var/a=b;c.db")]
    public void A_path_is_a_file_of_SQLite(string database, string file)
    {
        Assert.Equal(file, DatabaseName.Parse(database).File);
    }

    [Fact]
    public void A_path_that_is_not_whole_is_one_from_here()
    {
        Assert.Equal(Path.GetFullPath("chat.db"), DatabaseName.Parse("chat.db").File);
    }

    [Theory]
    [InlineData("postgres://ann@db/chat", "db", 5432, "ann", null, "chat")]
    [InlineData("postgresql://ann:s%40cret@db:5433/chat", "db", 5433, "ann", "s@cret", "chat")]
    [InlineData("postgres://an%2fn:a:b@c@[::1]:1/ch%20at", "::1", 1, "an/n", "a:b@c", "ch at")]
    [InlineData("postgres://[::1]", "::1", 5432, null, null, null)]
    [InlineData("postgres://ann@%2Frun%2Fpostgresql/chat", "/run/postgresql", 5432, "ann", null, "chat")]
    [InlineData("postgres:///chat?host=/run&user=ann&password=x", "/run", 5432, "ann", "x", "chat")]
    [InlineData("Host=db;Port=7;Username=ann;Password=x;Database=chat", "db", 7, "ann", "x", "chat")]
    [InlineData(" server = db ", "db", 5432, null, null, null)]
    public void A_URL_or_a_connection_string_is_PostgreSQL(
        string text, string host, int port, string? user, string? password, string? database)
    {
        var named = DatabaseName.Parse(text).Postgres!;

        Assert.Equal(
            (host, port, user, password, database),
            (named.Host, named.Port, named.Username, named.Password, named.Database));
    }

    [Fact]
    public void Options_of_a_URL_are_written_as_everywhere()
    {
        var named = DatabaseName.Parse("postgres://db/chat?sslmode=verify-full&Timeout=3").Postgres!;

        Assert.Equal((Npgsql.SslMode.VerifyFull, 3), (named.SslMode, named.Timeout));
    }

    [Theory]
    [InlineData("", "no database named")]
    [InlineData("mysql://db/chat", "\"mysql\" is no database")]
    [InlineData("sqlite:", "no file behind")]
    [InlineData("postgres://ann:secret@db:x/chat", "port")]
    [InlineData("postgres://ann:secret@db/chat?colour=blue", "colour")]
    [InlineData("postgres://ann:secret@db/chat?Timeout=secret", "Timeout")]
    [InlineData("Host=db;Password=secret;Colour=secret", "Host, Password, Colour")]
    [InlineData("env:SWITCHBOARD_NOT_SET", "SWITCHBOARD_NOT_SET does not")]
    public void What_names_no_database_is_refused_without_repeating_a_password(string text, string says)
    {
        var error = Assert.Throws<ArgumentException>(() => DatabaseName.Resolve(text));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_may_stand_in_a_file_or_in_the_environment()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "postgres://ann:secret@db/chat\n");
        Environment.SetEnvironmentVariable("SWITCHBOARD_TEST_DATABASE", "/var/chat.db");

        Assert.Equal("secret", DatabaseName.Resolve($"@{file}").Postgres!.Password);
        Assert.Equal("/var/chat.db", DatabaseName.Resolve("env:SWITCHBOARD_TEST_DATABASE").File);

        File.Delete(file);
        Assert.Throws<ChatStoreException>(() => DatabaseName.Resolve($"@{file}"));
    }
}
