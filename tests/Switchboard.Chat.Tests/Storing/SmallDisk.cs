using System.Data.Common;
using Switchboard.Chat.Storing.Sql;

namespace Switchboard.Chat.Tests.Storing;

/// <summary>SQLite on a disk that has room for a few pages only.</summary>
internal sealed class SmallDisk(string file) : SqliteDialect(file)
{
    public override DbConnection Connect()
    {
        var connection = base.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA max_page_count = 40";
        command.ExecuteNonQuery();

        return connection;
    }
}
