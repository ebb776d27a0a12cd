namespace Bank.Tests;

/// <summary>A database that the bank can be kept in.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
