using Switchboard.Chat.Protocol;

namespace Switchboard.Chat.People;

/// <summary>What events do to it.</summary>
internal sealed partial class World
{
    public void Add(Person person)
    {
        _people.Add(person.Id, person);
        _servers[person.Server] = _servers.GetValueOrDefault(person.Server) + 1;
        _byNick.Add(person.FoldedNick, person);
        MostPeople = Math.Max(MostPeople, _people.Count);
        NoteAccount(person);
    }

    public void Remove(Person person, DateTimeOffset time)
    {
        foreach (var member in person.Rooms.Values.ToList())
        {
            Remove(member);
        }

        SetInvisible(person, on: false);
        _people.Remove(person.Id);
        if (--_servers[person.Server] == 0 && person.Server != Server)
        {
            _servers.Remove(person.Server);
        }

        _byNick.Remove(person.FoldedNick);
        ForgetAccount(person);
        Remember(person, time);
        person.Invitations.Clear();
    }

    public void Rename(Person person, string nick, DateTimeOffset time)
    {
        Remember(person, time);
        _byNick.Remove(person.FoldedNick);
        person.Rename(nick);
        _byNick.Add(person.FoldedNick, person);
    }

    public void SetAccount(Person person, string? account)
    {
        ForgetAccount(person);
        person.Account = account;
        NoteAccount(person);
    }

    public void SetInvisible(Person person, bool on)
    {
        if (person.IsInvisible != on)
        {
            person.IsInvisible = on;
            InvisiblePeople += on ? 1 : -1;
        }
    }

    /// <summary>The room of a name, made if there is none.</summary>
    public Room OpenRoom(string name, DateTimeOffset time)
    {
        var folded = CaseMapping.Fold(name);
        if (!_rooms.TryGetValue(folded, out var room))
        {
            room = new Room(name, folded, time, this, options);
            _rooms.Add(folded, room);
            Observe(observer => observer.RoomOpened(room.Name));
        }

        return room;
    }

    /// <summary>Takes somebody out of a room; a room without members is no more.</summary>
    public void Remove(Member member)
    {
        var room = member.Room;
        room.Members.Remove(member.Person);
        member.Person.Rooms.Remove(room);
        RemoveIfEmpty(room);
    }

    public void RemoveIfEmpty(Room room)
    {
        if (room.Members.Count == 0)
        {
            _rooms.Remove(room.Folded);
            Observe(observer => observer.RoomClosed(room.Name));
        }
    }

    private void NoteAccount(Person person)
    {
        if (person.Account is not { } account)
        {
            return;
        }

        var folded = CaseMapping.Fold(account);
        if (!_byAccount.TryGetValue(folded, out var people))
        {
            _byAccount.Add(folded, people = []);
        }

        people.Add(person);
    }

    private void ForgetAccount(Person person)
    {
        if (person.Account is { } account
            && _byAccount.TryGetValue(CaseMapping.Fold(account), out var people)
            && people.Remove(person)
            && people.Count == 0)
        {
            _byAccount.Remove(CaseMapping.Fold(account));
        }
    }

    private void Remember(Person person, DateTimeOffset time)
    {
        _whoWas.AddFirst(new WhoWasEntry(
            person.FoldedNick, person.Nick, person.User, person.Host, person.RealName, person.Server, time));
        if (_whoWas.Count > options.Limits.MaxWhoWas)
        {
            _whoWas.RemoveLast();
        }
    }
}
