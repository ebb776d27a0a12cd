using System.Text.Json;

namespace Switchboard.Cli.Output;

/// <summary>Something that happened: one line for people, or one JSON object for programs.</summary>
internal abstract record ConsoleEvent
{
    /// <summary>The value of <c>event</c> in the JSON; scripts rely on it, so it never changes.</summary>
    public abstract string Name { get; }

    /// <summary>One line for people. It may hold text of a peer: whoever shows it makes it safe.</summary>
    public abstract string Text { get; }

    public virtual Tone Tone => Tone.Plain;

    /// <summary>Writes the members of the JSON object that stand behind version, event and time.</summary>
    public abstract void WriteFields(Utf8JsonWriter json);
}
