using Switchboard.Chat.People;

namespace Switchboard.Chat.Events;

/// <summary>A room's modes, lists or standings were changed.</summary>
/// <remarks><c>Room</c>: folded; <c>Changes</c>: only those that change something.</remarks>
internal sealed record RoomModesChanged(
    string PersonId, string Room, IReadOnlyList<ModeChange> Changes, DateTimeOffset Time) : WorldEvent
{
    public override void Apply(World world)
    {
        if (!world.TryFindPerson(PersonId, out var person) || world.FindRoom(Room) is not { } room)
        {
            return;
        }

        var shown = new List<ModeChange>();
        foreach (var change in Changes)
        {
            if (Apply(change, room, person, world) is { } done)
            {
                shown.Add(done);
            }
        }

        if (shown.Count > 0)
        {
            room.Tell(person.Line(Time, "MODE", [room.Name, .. ModeText.Words(shown)]));
        }
    }

    /// <summary>The change as people are shown it; null if it did nothing.</summary>
    private ModeChange? Apply(ModeChange change, Room room, Person by, World world)
    {
        if (RoomModes.IsStamped(change.Letter))
        {
            var stamp = new ModeStamp(Time, PersonId);
            if (room.Stamps.TryGetValue(change.Letter, out var last) && last.IsBehind(stamp))
            {
                return null;
            }

            room.Stamps[change.Letter] = stamp;
        }

        switch (change.Letter)
        {
            case RoomModes.Operator:
                return ApplyStanding(change, Standing.Operator, room, world);
            case RoomModes.Voice:
                return ApplyStanding(change, Standing.Voice, room, world);
            case RoomModes.Key:
                room.Key = change.Adds ? change.Value : null;
                return change;
            case RoomModes.Limit:
                room.Limit = change.Adds
                    ? int.Parse(change.Value!, System.Globalization.CultureInfo.InvariantCulture)
                    : null;
                return change;
            case var letter when RoomModes.Lists.Contains(letter, StringComparison.Ordinal):
                return ApplyMask(change, room, by);
            case var letter:
                room.Flags = change.Adds ? room.Flags | RoomModes.Flag(letter) : room.Flags & ~RoomModes.Flag(letter);
                return change;
        }
    }

    private static ModeChange? ApplyStanding(ModeChange change, Standing standing, Room room, World world)
    {
        if (!world.TryFindPerson(change.Value!, out var person) || !room.Members.TryGetValue(person, out var member))
        {
            return null;
        }

        member.Standing = change.Adds ? member.Standing | standing : member.Standing & ~standing;
        return change with { Value = person.Nick };
    }

    private ModeChange? ApplyMask(ModeChange change, Room room, Person by)
    {
        var masks = room.MasksOf(change.Letter);
        var removed = masks.RemoveAll(each => Protocol.CaseMapping.Same(each.Mask, change.Value!));
        if (change.Adds)
        {
            masks.Add(new RoomMask(change.Value!, by.Source, Time));
            return removed == 0 ? change : null;
        }

        return removed > 0 ? change : null;
    }
}
