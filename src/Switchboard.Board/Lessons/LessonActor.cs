namespace Switchboard.Board.Lessons;

/// <summary>One who makes calls in a lesson: a program, or the world around programs.</summary>
internal sealed record LessonActor
{
    public required string Name { get; init; }

    public required LessonSide Side { get; init; }

    /// <summary>What stands before the program and is not shown: whoever copies it gets that as well.</summary>
    public LessonLine? Given { get; init; }

    /// <summary>What it runs, line by line, in three languages.</summary>
    public required IReadOnlyList<LessonLine> Program { get; init; }
}
