using System.Data;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>The value of a parameter, with the type that the database is told even where it is null.</summary>
internal readonly record struct SqlValue(string Name, object? Value, DbType Type)
{
    public static SqlValue Of(string name, string? text) => new(name, text, DbType.String);

    public static SqlValue Of(string name, long? number) => new(name, number, DbType.Int64);
}
