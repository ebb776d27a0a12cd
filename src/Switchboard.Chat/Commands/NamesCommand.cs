using Switchboard.Chat.Delivery;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>NAMES</c>: who is in a room.</summary>
internal static class NamesCommand
{
    // What is left of a line for names, behind the longest nick, room and server.
    private const int MaxNamesBytes = 300;

    public static void Run(Request request)
    {
        if (request.Count == 0)
        {
            request.Client.Answer(Numerics.EndOfNames, "*");
            return;
        }

        // One room a line, as TARGMAX says.
        var name = request.List(0).FirstOrDefault("*");
        if (request.World.FindRoom(name) is { } room && room.IsSeenBy(request.Person))
        {
            Show(request, room);
        }
        else
        {
            request.Client.Answer(Numerics.EndOfNames, name);
        }
    }

    public static void Show(Request request, Room room)
    {
        var client = request.Client;
        var isMember = room.Members.ContainsKey(request.Person);
        var names = room.Members.Values
            .Where(each => isMember || !each.Person.IsInvisible)
            .Select(each => each.Marks(client.Capabilities) + NameOf(each.Person, client));
        foreach (var line in Lines.Fill(names, MaxNamesBytes))
        {
            client.Answer(Numerics.Names, room.Is(RoomFlags.Secret) ? "@" : "=", room.Name, line);
        }

        client.Answer(Numerics.EndOfNames, room.Name);
    }

    private static string NameOf(Person person, Client client) =>
        client.Has(Capabilities.UserhostInNames) ? person.Source : person.Nick;
}
