using System.Text.Json;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Learning;

/// <summary>There is this lesson.</summary>
internal sealed record LessonEvent(Lesson Lesson) : ConsoleEvent
{
    public override string Name => "lesson";

    public override string Text => $"{Lesson.Name}: {Lesson.Title}";

    public override void WriteFields(Utf8JsonWriter json)
    {
        json.WriteString("name", Lesson.Name);
        json.WriteString("title", Lesson.Title);
        json.WriteString("sentence", Lesson.Sentence);
    }
}
