using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// Something to publish: an event with its number, a letter, or neither, which means what the outbox has by now.
/// </summary>
internal readonly record struct QueuedItem(WorldEvent? Event, long Number, Letter? Letter)
{
    public static QueuedItem Outbox => default;

    public bool IsOutbox => Event is null && Letter is null;
}
