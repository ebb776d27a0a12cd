using System.Globalization;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>LUSERS</c>: how many are here.</summary>
internal static class LusersCommand
{
    public static void Run(Request request)
    {
        var (client, world) = (request.Client, request.World);
        var (people, local, invisible) = (world.People.Count, world.LocalPeople, world.InvisiblePeople);
        client.Answer(
            Numerics.PeopleCount,
            $"There are {people - invisible} users and {invisible} invisible on {world.Servers} servers");
        client.Answer(Numerics.OperatorCount, "0");
        client.Answer(Numerics.UnknownCount, Text(request.Exchange.CountUnknown()));
        client.Answer(Numerics.RoomCount, Text(world.Rooms.Count));
        client.Answer(Numerics.ClientCount, $"I have {local} clients and {world.Servers - 1} servers");
        var most = Text(world.MostPeople);
        client.Answer(Numerics.LocalCount, Text(local), most, $"Current local users {local}, max {most}");
        client.Answer(Numerics.GlobalCount, Text(people), most, $"Current global users {people}, max {most}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
