namespace Switchboard.Board.Lessons;

/// <summary>What is asked before a call is made.</summary>
internal sealed record LessonQuestion
{
    public required string Text { get; init; }

    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Which choice is right, counted from 1.</summary>
    public required int Right { get; init; }

    /// <summary>Why, told when it has happened.</summary>
    public required string Because { get; init; }
}
