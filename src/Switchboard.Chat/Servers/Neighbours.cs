using Switchboard.Chat.Events;
using Switchboard.Chat.People;
using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>
/// The other servers, and what they tell of their people. One that is silent for long is split off: its people are gone
/// from here, and come back with its next snapshot. Only under the world's lock.
/// </summary>
internal sealed class Neighbours(World world, ChatOptions options, LetterQueue queue, string run)
{
    /// <summary>How often a server gives a sign of life.</summary>
    public static readonly TimeSpan HelloInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SplitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(5);

    // Whoever may publish can make up names; a chat of more servers is another program's.
    private const int MaxServers = 64;

    // A server's people and rooms, and there are more letters than that only to fill our memory.
    private const int MaxParts = 4_000;

    private readonly Dictionary<string, Neighbour> _known = [];
    private readonly ForeignEvents _events = new(world, options.Limits, options.TimeProvider);

    public void Take(HelloLetter letter)
    {
        if (Hear(letter) is { IsKnown: true } neighbour && letter.LastEvent > neighbour.LastEvent)
        {
            neighbour.Forget();
        }
    }

    public void Take(EventsLetter letter)
    {
        if (Hear(letter) is not { IsKnown: true } neighbour)
        {
            return;
        }

        if (letter.First > neighbour.LastEvent + 1)
        {
            neighbour.Forget();
            return;
        }

        var known = (int)Math.Min(letter.Events.Count, neighbour.LastEvent + 1 - letter.First);
        foreach (var told in letter.Events.Skip(known))
        {
            neighbour.NoteEvent();
            _events.Apply(told);
        }
    }

    public void Take(SnapshotLetter letter)
    {
        if (Hear(letter) is not { } neighbour || letter.Parts > MaxParts
            || (neighbour.IsKnown && letter.LastEvent < neighbour.LastEvent)
            || neighbour.Gather(letter) is not { } parts)
        {
            return;
        }

        new SnapshotUse(world, _events, options.Limits, options.TimeProvider).Apply(letter.From, parts);
    }

    /// <summary>Notes that a server is there.</summary>
    /// <returns>Null if there are too many.</returns>
    public Neighbour? Hear(Letter letter)
    {
        if (!_known.TryGetValue(letter.From, out var neighbour) || neighbour.Run != letter.Run)
        {
            if (neighbour is null && _known.Count >= MaxServers)
            {
                return null;
            }

            if (neighbour is null)
            {
                world.Observe(observer => observer.ServerJoined(letter.From));
            }

            _known[letter.From] = neighbour = new Neighbour(letter.From, letter.Run);
        }

        neighbour.Heard = options.TimeProvider.GetTimestamp();
        return neighbour;
    }

    /// <summary>Splits off who is silent, and asks who is not known.</summary>
    public void Look()
    {
        var clock = options.TimeProvider;
        var now = clock.GetTimestamp();
        foreach (var neighbour in _known.Values.ToList())
        {
            if (clock.GetElapsedTime(neighbour.Heard, now) >= SplitTimeout)
            {
                Split(neighbour.Name);
            }
            else if (!neighbour.IsKnown
                && (neighbour.Asked is not { } asked || clock.GetElapsedTime(asked, now) >= AskInterval))
            {
                neighbour.Asked = now;
                queue.Add(new AskLetter(world.Server, run, neighbour.Name));
            }
        }
    }

    private void Split(string name)
    {
        _known.Remove(name);
        var time = options.TimeProvider.GetUtcNow();
        foreach (var person in world.People.Where(each => each.Server == name).ToList())
        {
            world.ApplyForeign(new PersonLeft(person.Id, $"{world.Server} {name}", time));
        }

        world.Observe(observer => observer.ServerSplit(name));
    }
}
