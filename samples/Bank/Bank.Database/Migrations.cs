using System.Globalization;

namespace Bank.Database;

/// <summary>
/// Brings a database's tables from the version that it has to the one that this program knows. Each version is one
/// transaction, and servers that start together wait for each other.
/// </summary>
internal static class Migrations
{
    private const string CreateVersions = "CREATE TABLE bank_versions (version BIGINT NOT NULL PRIMARY KEY)";

    // "0001-tables.sql" is for both databases, "0002-guards.sqlite.sql" for one; the number is the version it leads to.
    private static readonly ILookup<int, string> Scripts = typeof(Migrations).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .ToLookup(name => int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture));

    /// <exception cref="InvalidOperationException">The tables are newer than this program.</exception>
    public static void Apply(Desk desk, Dialect dialect)
    {
        while (desk.Writing(() => TryApplyNext(desk, dialect)))
        {
        }
    }

    private static bool TryApplyNext(Desk desk, Dialect dialect)
    {
        dialect.LockTables(desk);
        if (desk.Number(dialect.CountTables, ("name", "bank_versions")) == 0)
        {
            desk.ExecuteScript(CreateVersions);
        }

        var version = desk.Number("SELECT max(version) FROM bank_versions") ?? 0;
        if (version > Scripts.Count)
        {
            throw new InvalidOperationException(
                $"The tables have version {version}, and this program knows versions up to {Scripts.Count}. "
                + "Start the newer program that made them.");
        }

        if (version == Scripts.Count)
        {
            return false;
        }

        var next = (int)version + 1;
        desk.ExecuteScript(TextOf(Scripts[next].Single(name => IsFor(dialect, name))));
        desk.Execute("INSERT INTO bank_versions (version) VALUES (@version)", ("version", (long)next));

        return true;
    }

    private static bool IsFor(Dialect dialect, string script) =>
        script.Split('.') is [_, "sql"] || script.EndsWith($".{dialect.Name}.sql", StringComparison.Ordinal);

    private static string TextOf(string script)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(script)!);

        return reader.ReadToEnd();
    }
}
