namespace Switchboard.Board.Lessons;

/// <summary>A lesson's file is not what a lesson can be; the text says where and what would be.</summary>
internal sealed class LessonException : FormatException
{
    public LessonException(string lesson, string problem, Exception? cause = null)
        : base($"{lesson}: {problem}", cause) => Lesson = lesson;

    /// <summary>The name of the file's lesson.</summary>
    public string Lesson { get; }
}
