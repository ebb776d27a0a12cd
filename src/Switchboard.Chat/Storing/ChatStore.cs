using Switchboard.Chat.Storing;
using Switchboard.Chat.Storing.Sql;

namespace Switchboard.Chat;

/// <summary>Opens the store that a line of text names.</summary>
public static class ChatStore
{
    /// <summary>Opens a database, makes its tables where there are none, and brings older ones up to date.</summary>
    /// <param name="database">
    /// A file's path or <c>sqlite:FILE</c> for SQLite; <c>postgres://user@host/database</c> or Npgsql's
    /// <c>Host=...;Database=...</c> for PostgreSQL, whose password comes from PGPASSWORD or <c>~/.pgpass</c> unless it
    /// is written here; <c>memory:</c> for a <see cref="MemoryChatStore"/>. <c>env:NAME</c> and <c>@FILE</c> say where
    /// such a line stands: in an environment variable, or first in a file.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The text names no database.</exception>
    /// <exception cref="ChatStoreException">The database cannot be opened, or was made by a newer version.</exception>
    public static async Task<IChatStore> OpenAsync(string database, CancellationToken cancellationToken = default)
    {
        var named = DatabaseName.Resolve(database);

        return named.IsMemory
            ? new MemoryChatStore()
            : await SqlChatStore.OpenAsync(named.ToDialect(), cancellationToken).ConfigureAwait(false);
    }
}
