using Switchboard.Chat.Servers.Letters;

namespace Switchboard.Chat.Servers;

/// <summary>Another server of the chat, while it is heard.</summary>
/// <remarks><c>run</c>: chosen by chance when it started.</remarks>
internal sealed class Neighbour(string name, string run)
{
    private readonly List<SnapshotLetter> _parts = [];

    public string Name { get; } = name;

    public string Run { get; } = run;

    /// <summary>When it was last heard of, as a timestamp of the clock.</summary>
    public long Heard { get; set; }

    /// <summary>When it was asked for a snapshot; null if that is not on its way.</summary>
    public long? Asked { get; set; }

    /// <summary>Whether all that it told is in the world, up to <see cref="LastEvent"/>.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The number of the last event that is in the world.</summary>
    public long LastEvent { get; private set; }

    /// <summary>Something was missed: only a snapshot helps.</summary>
    public void Forget()
    {
        IsKnown = false;
        _parts.Clear();
    }

    public void NoteEvent() => LastEvent++;

    /// <summary>Gathers the parts of a snapshot.</summary>
    /// <returns>All, when this was the last; otherwise null.</returns>
    public IReadOnlyList<SnapshotLetter>? Gather(SnapshotLetter part)
    {
        if (part.Part == 1)
        {
            _parts.Clear();
        }

        if (part.Part != _parts.Count + 1 || (_parts is [var first, ..] && first.LastEvent != part.LastEvent))
        {
            _parts.Clear();
            return null;
        }

        _parts.Add(part);
        if (part.Part < part.Parts)
        {
            return null;
        }

        var all = _parts.ToList();
        _parts.Clear();
        (IsKnown, LastEvent, Asked) = (true, part.LastEvent, null);
        return all;
    }
}
