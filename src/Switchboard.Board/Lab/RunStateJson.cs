using System.Text.Json;
using Switchboard.Board.Events;

namespace Switchboard.Board.Lab;

/// <summary>What a page may do next, as a line of the event log: <c>lesson-state</c>.</summary>
internal static class RunStateJson
{
    public static void Write(Utf8JsonWriter json, LessonRun run, int? obeyed, DateTimeOffset time)
    {
        EventLine.Begin(json, "lesson-state", time);
        WriteNumber(json, "obeyed", obeyed);
        WriteNumber(json, "suggested", run.Next);
        json.WriteStartArray("actors");
        foreach (var actor in run.Lesson.Actors)
        {
            json.WriteStartObject();
            json.WriteString("name", actor.Name);
            json.WriteBoolean("waits", run.Waits(actor.Name));
            json.WriteBoolean("yours", actor.Name == run.Yours);
            WriteNumber(json, "next", run.NextOf(actor.Name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("breaks");
        for (var index = 0; index < run.Lesson.Breaks.Count; index++)
        {
            json.WriteBooleanValue(run.CanBreak(index));
        }

        json.WriteEndArray();
        if (run.Server is { } server)
        {
            json.WriteString("server", server.ToString());
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
