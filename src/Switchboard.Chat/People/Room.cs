using System.Globalization;
using System.Text;
using Switchboard.Chat.Delivery;

namespace Switchboard.Chat.People;

/// <summary>Where many talk.</summary>
internal sealed class Room
{
    public Room(string name, string folded, DateTimeOffset created, World world, ChatOptions options)
    {
        Name = name;
        Folded = folded;
        Created = created;
        Pace = new RoomPace(this, world, options);
    }

    /// <summary>As the first who came wrote it.</summary>
    public string Name { get; }

    /// <summary>In the form in which names are compared.</summary>
    public string Folded { get; }

    /// <summary>Earlier than here, if it was made on another server before.</summary>
    public DateTimeOffset Created { get; set; }

    /// <summary>When what happens here is sent to the members.</summary>
    public RoomPace Pace { get; }

    public string Topic { get; set; } = "";

    public string TopicSetBy { get; set; } = "";

    public DateTimeOffset TopicSet { get; set; }

    public RoomFlags Flags { get; set; } = RoomFlags.NoOutsiders | RoomFlags.TopicLocked;

    /// <summary>The word that lets people in; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>The most members; null for no limit of its own.</summary>
    public int? Limit { get; set; }

    public Dictionary<Person, Member> Members { get; } = [];

    /// <summary>When switches, key and limit were last changed, and by whom: of two changes the later counts.</summary>
    public Dictionary<char, ModeStamp> Stamps { get; } = [];

    public List<RoomMask> Bans { get; } = [];

    public List<RoomMask> BanExceptions { get; } = [];

    public List<RoomMask> InviteExceptions { get; } = [];

    public bool Is(RoomFlags flag) => (Flags & flag) != 0;

    public List<RoomMask> MasksOf(char letter) => letter switch
    {
        'b' => Bans,
        'e' => BanExceptions,
        _ => InviteExceptions,
    };

    /// <summary>Now, or behind the room's last change, whose server's clock may run ahead of ours.</summary>
    public DateTimeOffset TimeOfChange(DateTimeOffset now)
    {
        var last = Stamps.Values.Select(each => each.Time).Append(TopicSet).Max();
        return last < now ? now : last.AddMilliseconds(1);
    }

    public bool IsBanned(Person person) => Names(Bans, person) && !Names(BanExceptions, person);

    public bool LetsInUninvited(Person person) => Names(InviteExceptions, person);

    public void Admit(Person person, Standing standing)
    {
        var member = new Member(person, this, standing);
        Members.Add(person, member);
        person.Rooms.Add(this, member);
        person.Invitations.Remove(this);
    }

    /// <summary>Tells all members, or those of them who understand it.</summary>
    public void Tell(Outgoing outgoing, Capabilities needed = Capabilities.None)
    {
        var when = Pace.Next();
        foreach (var person in Members.Keys)
        {
            if (person.Client is { } client && client.Has(needed))
            {
                client.Deliver(outgoing, when);
            }
        }
    }

    /// <summary>Whether a person may know that the room exists.</summary>
    public bool IsSeenBy(Person? person) =>
        !Is(RoomFlags.Secret) || (person is not null && Members.ContainsKey(person));

    /// <summary>Its modes in one line; keys are for members only.</summary>
    public IReadOnlyList<string> ModeWords(Person? reader)
    {
        var letters = new StringBuilder("+");
        var words = new List<string>();
        foreach (var letter in RoomModes.Switches)
        {
            if (Is(RoomModes.Flag(letter)))
            {
                letters.Append(letter);
            }
        }

        if (Key is not null)
        {
            letters.Append(RoomModes.Key);
            words.Add(reader is not null && Members.ContainsKey(reader) ? Key : "*");
        }

        if (Limit is { } limit)
        {
            letters.Append(RoomModes.Limit);
            words.Add(limit.ToString(CultureInfo.InvariantCulture));
        }

        return [letters.ToString(), .. words];
    }

    private static bool Names(List<RoomMask> masks, Person person)
    {
        foreach (var row in masks)
        {
            if (Mask.Fits(row.Mask, person.Source))
            {
                return true;
            }
        }

        return false;
    }
}
