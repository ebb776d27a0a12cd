using System.Globalization;
using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.Commands;

/// <summary><c>MODE</c> of a room: who may come in, who may talk, who decides.</summary>
internal static class RoomModeCommand
{
    /// <summary>How many changes with a parameter one line may make.</summary>
    public const int MaxChanges = 6;

    // Long enough for any name with stars, short enough that the lines that list it hold it.
    private const int MaxMaskLength = 150;

    public static void Run(Request request)
    {
        if (!RoomLookup.TryFind(request, request[0], out var room))
        {
            return;
        }

        if (request.Count == 1)
        {
            request.Client.Answer(Numerics.RoomModeIs, [room.Name, .. room.ModeWords(request.Person)]);
            request.Client.Answer(
                Numerics.RoomCreated,
                room.Name,
                room.Created.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            return;
        }

        var changes = Read(request, room);
        if (changes.Count > 0
            && RoomLookup.TryFindOwn(request, request[0], out var member)
            && RoomLookup.MustBeOperator(request, member))
        {
            request.World.Apply(new RoomModesChanged(
                request.Person.Id, room.Folded, changes, room.TimeOfChange(request.Now)));
        }
    }

    /// <summary>The changes that a line asks for; what is wrong with others was told.</summary>
    private static List<ModeChange> Read(Request request, Room room)
    {
        var changes = new List<ModeChange>();
        var values = new Queue<string>(request.Message.Parameters.Skip(2));
        var sign = '+';
        foreach (var letter in request[1])
        {
            if (letter is '+' or '-')
            {
                sign = letter;
            }
            else if (ReadOne(request, room, sign, letter, values) is { } change
                && changes.Count(each => each.Value is not null) < MaxChanges)
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    private static ModeChange? ReadOne(Request request, Room room, char sign, char letter, Queue<string> values)
    {
        switch (letter)
        {
            case RoomModes.Operator or RoomModes.Voice:
                return ReadStanding(request, room, sign, letter, values);
            case RoomModes.Key:
                return ReadKey(request, room, sign, values);
            case RoomModes.Limit:
                return ReadLimit(request, room, sign, values);
            case var list when RoomModes.Lists.Contains(list, StringComparison.Ordinal):
                return ReadMask(request, room, sign, letter, values);
            case var known when RoomModes.Flag(known) is not RoomFlags.None and var flag:
                return room.Is(flag) == (sign == '+') ? null : new ModeChange(sign, letter);
            default:
                request.Client.Answer(Numerics.UnknownMode, letter.ToString());
                return null;
        }
    }

    private static ModeChange? ReadStanding(
        Request request, Room room, char sign, char letter, Queue<string> values)
    {
        if (!values.TryDequeue(out var nick))
        {
            return Refuse(request, room, letter, "*", "You must name a nick");
        }

        if (request.World.FindNick(nick) is not { } person)
        {
            request.Client.Answer(Numerics.NoSuchNick, nick);
            return null;
        }

        if (!room.Members.TryGetValue(person, out var member))
        {
            request.Client.Answer(Numerics.UserNotInRoom, person.Nick, room.Name);
            return null;
        }

        var standing = letter == RoomModes.Operator ? Standing.Operator : Standing.Voice;
        return member.Standing.HasFlag(standing) == (sign == '+') ? null : new ModeChange(sign, letter, person.Id);
    }

    private static ModeChange? ReadKey(Request request, Room room, char sign, Queue<string> values)
    {
        var given = values.TryDequeue(out var key);
        if (sign == '-')
        {
            return room.Key is { } old ? new ModeChange(sign, RoomModes.Key, old) : null;
        }

        if (!given)
        {
            return Refuse(request, room, RoomModes.Key, "*", "You must name a key");
        }

        if (key!.Contains(',', StringComparison.Ordinal)
            || key.Length > request.Limits.MaxKeyLength
            || !MessageRules.IsMiddle(key))
        {
            request.Client.Answer(Numerics.InvalidKey, room.Name);
            return null;
        }

        return new ModeChange(sign, RoomModes.Key, key);
    }

    private static ModeChange? ReadLimit(Request request, Room room, char sign, Queue<string> values)
    {
        if (sign == '-')
        {
            return room.Limit is null ? null : new ModeChange(sign, RoomModes.Limit);
        }

        if (!values.TryDequeue(out var text))
        {
            return Refuse(request, room, RoomModes.Limit, "*", "You must name a number");
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? new ModeChange(sign, RoomModes.Limit, limit.ToString(CultureInfo.InvariantCulture))
            : Refuse(request, room, RoomModes.Limit, text, "The limit must be a number above 0");
    }

    private static ModeChange? ReadMask(Request request, Room room, char sign, char letter, Queue<string> values)
    {
        if (!values.TryDequeue(out var typed))
        {
            MaskLists.Show(request.Client, room, letter);
            return null;
        }

        var mask = Mask.Complete(typed);
        if (!MessageRules.IsMiddle(mask) || mask.Length > MaxMaskLength)
        {
            return Refuse(request, room, letter, typed, "The mask is no nick!user@host, or is too long");
        }

        if (sign == '+'
            && room.Bans.Count + room.BanExceptions.Count + room.InviteExceptions.Count
                >= request.Limits.MaxMasksPerRoom)
        {
            request.Client.Answer(Numerics.BanListFull, room.Name, letter.ToString());
            return null;
        }

        return new ModeChange(sign, letter, mask);
    }

    private static ModeChange? Refuse(Request request, Room room, char letter, string value, string text)
    {
        request.Client.Answer(Numerics.InvalidModeParameter, room.Name, letter.ToString(), value, text);
        return null;
    }
}
