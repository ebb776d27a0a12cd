using Switchboard.Chat.Events;
using Switchboard.Chat.People;

namespace Switchboard.Chat.Servers;

/// <summary>Applies what other servers tell of people and rooms. Only under the world's lock.</summary>
internal sealed class ForeignEvents(World world, ChatLimits limits, TimeProvider clock)
{
    public void Apply(WorldEvent told)
    {
        switch (told)
        {
            case PersonArrived arrival:
                Arrive(arrival);
                break;
            case NickChanged change:
                Rename(change);
                break;
            case PersonJoined join when world.FindRoom(join.Room) is null && world.Rooms.Count >= limits.MaxRooms:
                break;
            default:
                world.ApplyForeign(told);
                break;
        }
    }

    /// <summary>Lets somebody in, if there is room and it is not here yet.</summary>
    public void Arrive(PersonArrived arrival)
    {
        if (world.TryFindPerson(arrival.PersonId, out _) || world.People.Count >= limits.MaxPeople)
        {
            return;
        }

        var since = arrival.Named ?? arrival.Time;
        var newcomer = new Contestant(arrival.PersonId, arrival.Server, arrival.Nick, arrival.Account, since);
        var nick = NickContest.Settle(world, newcomer, clock.GetUtcNow());
        world.ApplyForeign(arrival with { Nick = nick, Named = since });
    }

    public void Rename(NickChanged change)
    {
        if (!world.TryFindPerson(change.PersonId, out var person) || person.Nick == change.Nick)
        {
            return;
        }

        var wanting = Contestant.Of(person) with { Nick = change.Nick, Since = change.Time };
        var nick = NickContest.Settle(world, wanting, clock.GetUtcNow());
        if (nick != person.Nick)
        {
            world.ApplyForeign(change with { Nick = nick });
        }
    }
}
