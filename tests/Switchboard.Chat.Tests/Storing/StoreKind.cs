namespace Switchboard.Chat.Tests.Storing;

/// <summary>The stores that keep the same promises.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
    Postgres,
}
