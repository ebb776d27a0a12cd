using System.Data.Common;

namespace Switchboard.Chat.Storing.Sql;

/// <summary>The connection broke while a transaction was committed: it may be, and it may not.</summary>
#pragma warning disable CA1064 // It never leaves the thread that turns it into words.
internal sealed class CommitLostException(DbException inner) : Exception(inner.Message, inner)
#pragma warning restore CA1064
{
    public DbException Cause { get; } = inner;
}
