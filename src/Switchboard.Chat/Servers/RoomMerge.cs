using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>One room out of what two servers hold it to be.</summary>
internal static class RoomMerge
{
    /// <summary>Takes all over: the room of the other server is the older, or there was none.</summary>
    public static void TakeAll(Room room, RoomState state, ChatLimits limits)
    {
        room.Flags = state.Flags & AllFlags;
        room.Key = state.Key;
        room.Limit = state.Limit;
        room.Stamps.Clear();
        foreach (var stamp in state.Stamps)
        {
            room.Stamps[stamp.Mode] = new ModeStamp(stamp.Time, stamp.By);
        }

        room.Bans.Clear();
        room.BanExceptions.Clear();
        room.InviteExceptions.Clear();
        AddMasks(room, state, limits);
        TryTakeTopic(room, state);
    }

    /// <summary>Takes over what was changed later there: it is the same room, seen from elsewhere.</summary>
    public static void TakeLater(Room room, RoomState state, ChatLimits limits)
    {
        foreach (var told in state.Stamps)
        {
            var stamp = new ModeStamp(told.Time, told.By);
            if (!room.Stamps.TryGetValue(told.Mode, out var last) || stamp.IsBehind(last))
            {
                room.Stamps[told.Mode] = stamp;
                TakeMode(room, state, told.Mode);
            }
        }

        AddMasks(room, state, limits);
    }

    /// <summary>Takes the topic over, if it was set later.</summary>
    /// <returns>Whether it is another one now.</returns>
    public static bool TryTakeTopic(Room room, RoomState state)
    {
        var isLater = state.TopicSet > room.TopicSet
            || (state.TopicSet == room.TopicSet && string.CompareOrdinal(state.TopicSetBy, room.TopicSetBy) > 0);
        if (!isLater)
        {
            return false;
        }

        var isOther = room.Topic != state.Topic;
        (room.Topic, room.TopicSetBy, room.TopicSet) = (state.Topic, state.TopicSetBy, state.TopicSet);
        return isOther;
    }

    private static RoomFlags AllFlags { get; } =
        RoomModes.Switches.Select(RoomModes.Flag).Aggregate((all, one) => all | one);

    private static void TakeMode(Room room, RoomState state, char mode)
    {
        switch (mode)
        {
            case RoomModes.Key:
                room.Key = state.Key;
                break;
            case RoomModes.Limit:
                room.Limit = state.Limit;
                break;
            default:
                var flag = RoomModes.Flag(mode);
                room.Flags = (room.Flags & ~flag) | (state.Flags & flag);
                break;
        }
    }

    private static void AddMasks(Room room, RoomState state, ChatLimits limits)
    {
        AddMasks(room, room.Bans, state.Bans, limits);
        AddMasks(room, room.BanExceptions, state.BanExceptions, limits);
        AddMasks(room, room.InviteExceptions, state.InviteExceptions, limits);
    }

    private static void AddMasks(Room room, List<RoomMask> masks, IReadOnlyList<RoomMask> told, ChatLimits limits)
    {
        foreach (var mask in told)
        {
            if (room.Bans.Count + room.BanExceptions.Count + room.InviteExceptions.Count < limits.MaxMasksPerRoom
                && !masks.Exists(each => CaseMapping.Same(each.Mask, mask.Mask)))
            {
                masks.Add(mask);
            }
        }
    }
}
