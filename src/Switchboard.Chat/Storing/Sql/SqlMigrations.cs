using System.Globalization;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>
/// Brings a database's tables from the version that it has to the one that this program knows. Each script is one
/// transaction, and servers that start together wait for each other.
/// </summary>
internal static class SqlMigrations
{
    private const string CreateVersions = "CREATE TABLE chat_versions (version BIGINT NOT NULL PRIMARY KEY)";
    private const string SelectVersion = "SELECT max(version) FROM chat_versions";
    private const string InsertVersion = "INSERT INTO chat_versions (version) VALUES (@version)";

    // "0001-messages.sql": a script's number is the version that it leads to.
    private static readonly string[] Scripts =
    [
        .. typeof(SqlMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public static int Newest { get; } = int.Parse(Scripts[^1].AsSpan(0, 4), CultureInfo.InvariantCulture);

    /// <exception cref="ChatStoreException">The tables are newer than this program.</exception>
    public static void Apply(SqlDesk desk, int upTo)
    {
        while (!desk.InTransaction(() => ApplyNext(desk, upTo)))
        {
        }
    }

    // True where nothing was left to do.
    private static bool ApplyNext(SqlDesk desk, int upTo)
    {
        desk.Dialect.LockTables(desk);
        var version = VersionOf(desk);
        if (version > Newest)
        {
            throw new ChatStoreException(
                $"Cannot open {desk.Dialect.Name}: its tables have version {version}, and this program knows versions "
                + $"up to {Newest}. Start the newer program that made them.");
        }

        if (version >= upTo)
        {
            return true;
        }

        desk.ExecuteScript(TextOf(Scripts[version]));
        desk.Execute(InsertVersion, SqlValue.Of("version", version + 1));

        return false;
    }

    // To look first needs fewer rights than to make what may be there.
    private static int VersionOf(SqlDesk desk)
    {
        if (desk.Number(desk.Dialect.CountTables, SqlValue.Of("name", "chat_versions")) == 0)
        {
            desk.ExecuteScript(CreateVersions);
        }

        return (int)(desk.Number(SelectVersion) ?? 0);
    }

    private static string TextOf(string script)
    {
        using var reader = new StreamReader(typeof(SqlMigrations).Assembly.GetManifestResourceStream(script)!);

        return reader.ReadToEnd();
    }
}
