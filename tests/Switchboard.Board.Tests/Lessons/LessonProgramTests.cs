using System.Diagnostics;
using Switchboard.Board.Lessons;

namespace Switchboard.Board.Tests.Lessons;

/// <summary>What learners copy is right in its language.</summary>
public sealed class LessonProgramTests
{
    [Fact]
    public async Task Every_program_in_Python_can_be_parsed()
    {
        using var folder = Write("python", line => line.Python, ".py");

        var complaints = await RunAsync(
            "python3", folder, ["-c", "import ast, pathlib\nfor file in sorted(pathlib.Path('.').glob('*.py')):\n"
                + "    ast.parse(file.read_text(), file.name)"]);

        Assert.Equal("", complaints);
    }

    [Fact]
    public async Task Every_program_in_C_compiles()
    {
        using var folder = Write("c", line => line.C, ".c");

        var complaints = await RunAsync(
            "gcc", folder, ["-std=c2x", "-fsyntax-only", .. Directory.GetFiles(folder.Path, "*.c").Order()]);

        Assert.Equal("", complaints);
    }

    private static ProgramFolder Write(string language, Func<LessonLine, string> lineOf, string ending)
    {
        var folder = new ProgramFolder();
        foreach (var (name, text) in ProgramText.All(language, lineOf))
        {
            File.WriteAllText(Path.Combine(folder.Path, name + ending), text);
        }

        return folder;
    }

    private static async Task<string> RunAsync(string program, ProgramFolder folder, IEnumerable<string> arguments)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(place => File.Exists(Path.Combine(place, program)));
        Assert.SkipUnless(isThere, $"{program} is not installed.");
        using var running = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
        })!;
        var complaints = await running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);
        return complaints;
    }
}
