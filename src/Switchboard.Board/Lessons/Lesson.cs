using System.Text.Json.Serialization;

namespace Switchboard.Board.Lessons;

/// <summary>A lesson, as its file tells it. What its members mean is told in docs/guide/lab.md.</summary>
internal sealed record Lesson
{
    /// <summary>What editors check the file by; nothing here reads it.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The file's name without number and ending: what it is asked for by.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>The file's name, by which the page asks for it.</summary>
    [JsonIgnore]
    public string File { get; init; } = "";

    public required string Title { get; init; }

    /// <summary>What one can do or knows afterwards.</summary>
    public required string Goal { get; init; }

    /// <summary>The one sentence to remember.</summary>
    public required string Sentence { get; init; }

    /// <summary>
    /// How many of the first steps are made before the page shows it: what earlier lessons have told.
    /// </summary>
    public int Prepared { get; init; }

    public required IReadOnlyList<LessonActor> Actors { get; init; }

    /// <summary>All calls of all actors, in the order in which the lesson tells its story.</summary>
    public required IReadOnlyList<LessonStep> Steps { get; init; }

    // What the source generator sets by itself would be null where a file says nothing: so these have setters.

    /// <summary>What may be done to it at any time, to see what happens.</summary>
    public IReadOnlyList<LessonStep> Breaks { get; set; } = [];

    /// <summary>Lines for two terminals; <c>{port}</c> stands for the port of the lesson's server.</summary>
    public IReadOnlyList<string> Try { get; set; } = [];

    /// <summary>Who can be played by a program of one's own: the name of an actor; null if nobody can.</summary>
    public string? Yours { get; init; }
}
