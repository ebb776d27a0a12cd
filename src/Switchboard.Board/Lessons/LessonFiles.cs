using System.Text.Json;

namespace Switchboard.Board.Lessons;

/// <summary>The lessons that come with the program, in their order.</summary>
internal static class LessonFiles
{
    // Where the page finds them as well: it reads the same files.
    private const string Prefix = "board/lab/lessons/";
    private const string Ending = ".json";

    private static readonly Lazy<IReadOnlyList<Lesson>> Loaded = new(Load);

    /// <exception cref="LessonException">A file is not a lesson.</exception>
    public static IReadOnlyList<Lesson> All => Loaded.Value;

    /// <summary>The lesson of this name; null if there is none.</summary>
    public static Lesson? Find(string name) => All.FirstOrDefault(lesson => lesson.Name == name);

    /// <summary>Reads a lesson and checks it.</summary>
    /// <param name="name">What it is asked for by.</param>
    /// <param name="json">The file's text in UTF-8.</param>
    /// <exception cref="LessonException">It is not one; the text says where and why.</exception>
    public static Lesson Read(string name, ReadOnlySpan<byte> json)
    {
        Lesson lesson;
        try
        {
            lesson = JsonSerializer.Deserialize(json, LessonJson.Default.Lesson)
                ?? throw new LessonException(name, "the file holds null.");
        }
        catch (JsonException error)
        {
            throw new LessonException(name, error.Message, error);
        }

        lesson = lesson with { Name = name };
        LessonCheck.Check(lesson);
        return lesson;
    }

    private static List<Lesson> Load()
    {
        var assembly = typeof(LessonFiles).Assembly;
        return
        [
            .. from resource in assembly.GetManifestResourceNames()
            where resource.StartsWith(Prefix, StringComparison.Ordinal)
            orderby resource
            select ReadResource(assembly, resource),
        ];
    }

    private static Lesson ReadResource(System.Reflection.Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var numbered = resource[Prefix.Length..^Ending.Length];
        return Read(numbered[(numbered.IndexOf('-', StringComparison.Ordinal) + 1)..], bytes.ToArray()) with
        {
            File = numbered + Ending,
        };
    }
}
