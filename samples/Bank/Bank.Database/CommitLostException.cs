using System.Data.Common;

namespace Bank.Database;

/// <summary>The connection broke while a transaction was committed: it may be, and it may not.</summary>
public sealed class CommitLostException(DbException inner) : Exception(inner.Message, inner);
