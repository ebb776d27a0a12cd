using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace Switchboard.Repository.Documentation;

/// <summary>The C# of the lab's lessons is code that compiles, as that of the guide.</summary>
public sealed class LessonProgramsTests
{
    private const string Folder = "src/Switchboard.Board/Lessons/Files";
    private const string Around = "src/Switchboard.Board/Page/lab/around.json";

    [Fact]
    public void Programs_in_CSharp_compile()
    {
        var libraries = Project.Libraries.Select(project => project.Compilation.ToMetadataReference()).ToArray();

        Rule.IsKept(Directory.GetFiles(Tree.FullPath(Folder), "*.json").Order()
            .SelectMany(Programs)
            .SelectMany(program => Errors(program, libraries)));
    }

    private static IEnumerable<SourceFile> Programs(string path)
    {
        using var around = JsonDocument.Parse(File.ReadAllText(Tree.FullPath(Around)));
        using var lesson = JsonDocument.Parse(File.ReadAllText(path));
        var frame = around.RootElement.GetProperty("csharp");
        foreach (var actor in lesson.RootElement.GetProperty("actors").EnumerateArray())
        {
            var given = actor.TryGetProperty("given", out var lines) ? lines.GetProperty("csharp").GetString() : "";
            var text = string.Join('\n', [
                .. Texts(frame.GetProperty("before")), given, .. Texts(frame.GetProperty("between")),
                .. actor.GetProperty("program").EnumerateArray().Select(line => line.GetProperty("csharp").GetString()),
            ]);
            yield return new SourceFile(
                $"{Folder}/{Path.GetFileName(path)}", text.Replace("{port}", "7342", StringComparison.Ordinal) + "\n");
        }
    }

    private static IEnumerable<string?> Texts(JsonElement lines) =>
        lines.EnumerateArray().Select(line => line.GetString());

    private static IEnumerable<Violation> Errors(SourceFile program, IReadOnlyList<MetadataReference> libraries) =>
        from diagnostic in Compiler.Program("Lesson", [program], libraries).GetDiagnostics()
        where diagnostic.Severity == DiagnosticSeverity.Error
        let line = diagnostic.Location.GetLineSpan().StartLinePosition.Line
        select Violation.At(
            diagnostic.Location,
            $"{diagnostic.Id}: {diagnostic.GetMessage(formatProvider: null)}: "
                + program.Lines.ElementAtOrDefault(line));
}
