using Npgsql;
using Switchboard.Chat.Storing.Sql;

namespace Switchboard.Chat.Storing;

/// <summary>Which database a line of text means.</summary>
internal sealed record DatabaseName
{
    private static readonly string[] Hosts = ["host", "server"];

    private DatabaseName()
    {
    }

    /// <summary>SQLite's file; null if it is none.</summary>
    public string? File { get; private init; }

    /// <summary>Npgsql's connection string; null if it is not PostgreSQL.</summary>
    public NpgsqlConnectionStringBuilder? Postgres { get; private init; }

    public bool IsMemory => File is null && Postgres is null;

    /// <summary>Reads a name, or the name that stands where this one says.</summary>
    public static DatabaseName Resolve(string database) => database switch
    {
        ['@', .. var file] => Parse(FirstLineOf(file)),
        _ when After(database, "env:") is { } variable => Parse(ValueOf(variable)),
        _ => Parse(database),
    };

    public static DatabaseName Parse(string database)
    {
        if (database.Trim().Length == 0)
        {
            throw new ArgumentException("There is no database named. Write a file's path, or postgres://user@host/db.");
        }

        if (PostgresUrl.IsOne(database))
        {
            return new() { Postgres = PostgresUrl.Parse(database) };
        }

        return IsConnectionString(database)
            ? new() { Postgres = ConnectionString(database) }
            : OfFile(database);
    }

    public SqlDialect ToDialect() => Postgres is { } postgres
        ? new PostgresDialect(postgres)
        : new SqliteDialect(File ?? throw new InvalidOperationException("Memory has no SQL."));

    private static DatabaseName OfFile(string database)
    {
        if (database == "memory:")
        {
            return new();
        }

        if (database.Contains("://", StringComparison.Ordinal))
        {
            var scheme = database[..database.IndexOf(':', StringComparison.Ordinal)];
            throw new ArgumentException(
                $"\"{scheme}\" is no database that is known here. Write a file's path, or postgres://user@host/db.");
        }

        return After(database, "sqlite:") is "" ? throw new ArgumentException("There is no file behind sqlite:.")
            : new() { File = Path.GetFullPath(After(database, "sqlite:") ?? database) };
    }

    private static bool IsConnectionString(string database) => database.Split(';').Any(part =>
        part.Contains('=', StringComparison.Ordinal)
        && Hosts.Contains(part.Split('=')[0].Trim(), StringComparer.OrdinalIgnoreCase));

    // The text may hold a password, and the parser's complaints repeat it.
    private static NpgsqlConnectionStringBuilder ConnectionString(string database)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(database);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            var keys = string.Join(", ", database.Split(';').Select(part => part.Split('=')[0].Trim()));
            throw new ArgumentException($"Npgsql does not take this connection string, whose keys are: {keys}.");
        }
    }

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private static string ValueOf(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? text
            : throw new ArgumentException($"The environment variable {variable} does not name a database.");

    private static string FirstLineOf(string file)
    {
        try
        {
            return System.IO.File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ChatStoreException($"Cannot read the database's name from {file}: {error.Message}", error);
        }
    }
}
