using System.Text;
using Switchboard.Board.Lessons;
using Switchboard.Cli.Output;

namespace Switchboard.Cli.Learning;

/// <summary>The list of lessons.</summary>
internal static class LessonListing
{
    /// <summary>Writes it: a line each for people, an event each for programs.</summary>
    public static async Task WriteAsync(EventLog log, Stream output, Palette palette)
    {
        if (log.Format == EventFormat.Json)
        {
            foreach (var lesson in LessonFiles.All)
            {
                log.Write(new LessonEvent(lesson));
            }

            return;
        }

        var width = LessonFiles.All.Max(lesson => lesson.Name.Length);
        var lines = LessonFiles.All.Select((lesson, index) =>
            $"{index + 1,2}  {palette.Paint(Tone.Good, lesson.Name.PadRight(width))}  {lesson.Title}\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(lines)));
        await output.FlushAsync();
    }
}
