using System.Text.Json;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lessons;

/// <summary>The programs of lessons as the page copies them: whole, with what stands around their lines.</summary>
internal static class ProgramText
{
    private const int ExamplePort = 7342;

    private static readonly JsonElement Around = ReadAround();

    /// <summary>All programs in one language, with names that files can have.</summary>
    /// <param name="language">As <c>around.json</c> calls it.</param>
    /// <param name="lineOf">The same of a line.</param>
    public static IEnumerable<(string Name, string Text)> All(string language, Func<LessonLine, string> lineOf) =>
        from lesson in LessonFiles.All
        from actor in lesson.Actors
        where actor.Side != LessonSide.World
        select ($"{lesson.Name}-{actor.Name.Replace(' ', '-')}", Compose(actor, language, lineOf));

    /// <summary>One program of a lesson in Python, for a server at this port.</summary>
    public static string Python(string lesson, string actor, int port) => Compose(
        LessonFiles.Find(lesson)!.Actors.First(each => each.Name == actor), "python", line => line.Python, port);

    private static string Compose(
        LessonActor actor, string language, Func<LessonLine, string> lineOf, int port = ExamplePort)
    {
        var lines = Part(language, "before")
            .Append(actor.Given is null ? "" : lineOf(actor.Given))
            .Concat(Part(language, "between"))
            .Concat(actor.Program.Select(lineOf))
            .Concat(Part(language, "after"));
        return string.Join('\n', lines).Replace("{port}", $"{port}", StringComparison.Ordinal) + "\n";
    }

    private static JsonElement ReadAround()
    {
        using var stream = typeof(BoardServer).Assembly.GetManifestResourceStream("board/lab/around.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }

    private static IEnumerable<string> Part(string language, string name) =>
        Around.GetProperty(language).TryGetProperty(name, out var lines)
            ? lines.EnumerateArray().Select(line => line.GetString()!)
            : [];
}
