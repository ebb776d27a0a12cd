namespace Switchboard.Chat.People;

/// <summary>Of two rooms of one name, made on two servers, the older is the room, and its operators decide.</summary>
internal static class RoomAge
{
    /// <summary>Makes a room as old as the other, and takes its operators' marks.</summary>
    public static void GiveOlder(Room room, DateTimeOffset created, World world)
    {
        room.Created = created;
        foreach (var member in room.Members.Values.Where(each => each.IsOperator).ToList())
        {
            SetStanding(member, member.Standing & ~Standing.Operator, created, world);
        }
    }

    /// <summary>Gives a member the marks that it is to have, and shows the room what is new.</summary>
    public static void SetStanding(Member member, Standing standing, DateTimeOffset time, World world)
    {
        ShowChange(member, standing, Standing.Operator, RoomModes.Operator, time, world);
        ShowChange(member, standing, Standing.Voice, RoomModes.Voice, time, world);
        member.Standing = standing;
    }

    private static void ShowChange(
        Member member, Standing next, Standing mark, char letter, DateTimeOffset time, World world)
    {
        if (member.Standing.HasFlag(mark) != next.HasFlag(mark))
        {
            var sign = next.HasFlag(mark) ? '+' : '-';
            var line = world.FromServer(time, "MODE", member.Room.Name, $"{sign}{letter}", member.Person.Nick);
            member.Room.Tell(line);
        }
    }
}
