using Npgsql;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>PostgreSQL's way to name a database: <c>postgres://user@host:port/db?sslmode=require</c>.</summary>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    private static readonly Dictionary<string, string> NamesOfNpgsql = new()
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["user"] = "Username",
        ["dbname"] = "Database",
        ["passfile"] = "Passfile",
    };

    public static bool IsOne(string text) =>
        Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">A part of it cannot be read. The message repeats no password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (front, query) = Cut(rest, '?');
        var (authority, database) = Cut(front, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var (host, port) = HostAndPort(authority[(at + 1)..]);

        var named = new NpgsqlConnectionStringBuilder
        {
            Host = host is "" ? "localhost" : Text(host),
            Port = port,
            Database = database is "" ? null : Text(database),
            Username = user is "" ? null : Text(user),
            Password = password is "" ? null : Text(password),
        };
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            SetOption(named, Text(Cut(option, '=').Before), Text(Cut(option, '=').After));
        }

        return named;
    }

    // A unix socket's folder is written with %2F as the host, or as ?host=/folder.
    private static void SetOption(NpgsqlConnectionStringBuilder named, string key, string value)
    {
        try
        {
            named[NamesOfNpgsql.GetValueOrDefault(key, key)] =
                key == "sslmode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            throw new ArgumentException($"The database's URL has an option {key} that Npgsql does not take.");
        }
    }

    private static (string Host, int Port) HostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
        {
            return (text.Trim('[', ']'), NpgsqlConnection.DefaultPort);
        }

        return ushort.TryParse(text[(colon + 1)..], out var port) && port > 0
            ? (text[..colon].Trim('[', ']'), port)
            : throw new ArgumentException(
                "The database's URL has a port that is none. Write postgres://user@host:5432/db.");
    }

    private static (string Before, string After) Cut(string text, char mark)
    {
        var place = text.IndexOf(mark, StringComparison.Ordinal);

        return place < 0 ? (text, "") : (text[..place], text[(place + 1)..]);
    }

    private static string Text(string escaped) => Uri.UnescapeDataString(escaped);
}
