using System.Globalization;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>TOPIC</c>: what a room is about.</summary>
internal static class TopicCommand
{
    public static void Run(Request request)
    {
        if (request.Count == 1)
        {
            if (RoomLookup.TryFind(request, request[0], out var room))
            {
                Tell(request.Client, room);
            }
        }
        else if (RoomLookup.TryFindOwn(request, request[0], out var member)
            && (!member.Room.Is(RoomFlags.TopicLocked) || RoomLookup.MustBeOperator(request, member)))
        {
            var text = NameRules.Cut(request[1], request.Limits.MaxTopicBytes);
            var time = member.Room.TimeOfChange(request.Now);
            request.World.Apply(new TopicChanged(request.Person.Id, member.Room.Folded, text, time));
        }
    }

    /// <summary>Shows a topic that there is.</summary>
    public static void Show(Client client, Room room)
    {
        client.Answer(Numerics.Topic, room.Name, room.Topic);
        var time = room.TopicSet.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        client.Answer(Numerics.TopicWho, room.Name, room.TopicSetBy, time);
    }

    private static void Tell(Client client, Room room)
    {
        if (room.Topic.Length == 0)
        {
            client.Answer(Numerics.NoTopic, room.Name);
        }
        else
        {
            Show(client, room);
        }
    }
}
