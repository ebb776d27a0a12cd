using System.Globalization;
using Switchboard.Board.Lessons;

namespace Switchboard.Cli.Learning;

/// <summary>A lesson as it is named on the command line.</summary>
internal static class LessonText
{
    /// <exception cref="FormatException">There is no such lesson; the text says which there are.</exception>
    public static Lesson Parse(string text)
    {
        var all = LessonFiles.All;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= all.Count)
        {
            return all[number - 1];
        }

        return LessonFiles.Find(text) ?? throw new FormatException(
            $"There is no lesson {text}. There are 1 to {all.Count}, or by name: "
            + $"{string.Join(", ", all.Select(lesson => lesson.Name))}.");
    }
}
