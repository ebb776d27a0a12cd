using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>Something was said that no history keeps: tags alone, or between people without accounts.</summary>
/// <remarks>
/// <c>ReceiverIds</c>: whom a private message goes to; <c>Room</c>: folded, null for a private message.
/// </remarks>
internal sealed record MessagePassed(IReadOnlyList<string> ReceiverIds, string? Room, StoredMessage Message)
    : WorldEvent
{
    public override void Apply(World world)
    {
        var outgoing = HistoryLine.Of(Message);
        var needed = Message.Command == "TAGMSG" ? Capabilities.MessageTags : Capabilities.None;
        if (Room is not null)
        {
            world.FindRoom(Room)?.Tell(outgoing, needed);
        }

        foreach (var id in ReceiverIds)
        {
            if (world.TryFindPerson(id, out var person) && person.Client is { } client && client.Has(needed))
            {
                client.Deliver(outgoing);
            }
        }
    }
}
