using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Switchboard.Repository.Documentation;

namespace Switchboard.Repository.Readme;

/// <summary>
/// Code in the README and the guide is code that runs. A block marked <c>csharp</c> compiles as a whole program with
/// the SDK's implicit usings and <c>using Switchboard;</c>; one marked <c>csharp fragment</c> is not compiled.
/// A comment on the line above, <c>&lt;!-- sample: samples/x.cs --&gt;</c>, makes the block that file's code.
/// </summary>
internal static class ReadmeCode
{
    private const string SampleMark = "<!-- sample: ";

    /// <summary>Compiles every block.</summary>
    public static IEnumerable<Violation> CheckCompiles(
        SourceFile document, IReadOnlyList<MetadataReference> libraries) =>
        Markdown.CodeBlocks(document)
            .Where(block => block.Language == "csharp" && !block.Marks.Contains("fragment"))
            .SelectMany(block => Errors(block, libraries));

    /// <summary>Every block says that it is C# in the one way that the other rules look for.</summary>
    public static IEnumerable<Violation> CheckMarks(SourceFile document) =>
        from block in Markdown.CodeBlocks(document)
        let isAlias = block.Language is "cs" or "c#" or "C#" or "CSharp"
        let isUnknown = block.Language == "csharp" && block.Marks.Skip(1).Any(mark => mark != "fragment")
        where isAlias || isUnknown
        select new Violation(
            block.Path, block.Line, "Not a mark that is checked. Write ```csharp, or ```csharp fragment.");

    /// <summary>Compares each block that shows a sample with the sample.</summary>
    /// <param name="document">A Markdown file.</param>
    /// <param name="read">The file at a path, or null.</param>
    public static IEnumerable<Violation> CheckSamples(SourceFile document, Func<string, SourceFile?> read)
    {
        foreach (var block in Markdown.CodeBlocks(document).Where(ShowsSample))
        {
            var path = block.LineBefore[SampleMark.Length..].Replace("-->", "", StringComparison.Ordinal).Trim();
            if (read(path) is not { } sample)
            {
                yield return new Violation(block.Path, block.Line - 1, $"There is no {path}. Write the sample's path.");
            }
            else if (FirstDifference(block.Text, CodeOf(sample)) is var line and >= 0)
            {
                yield return new Violation(
                    block.Path,
                    block.Line + line + 1,
                    $"From here on the block differs from {path}. Copy the file's code, without its first comment.");
            }
        }
    }

    /// <summary>What stands first in the README is a sample, because samples are run by tests.</summary>
    public static IEnumerable<Violation> CheckFirstIsSample(SourceFile readme) =>
        from block in Markdown.CodeBlocks(readme).Where(block => block.Language == "csharp").Take(1)
        where !ShowsSample(block)
        select new Violation(
            block.Path, block.Line, "Nothing runs this code. Write <!-- sample: samples/reverse.cs --> above it.");

    private static bool ShowsSample(CodeBlock block) =>
        block.LineBefore.StartsWith(SampleMark, StringComparison.Ordinal);

    // Without directives for the SDK and without what the file says about itself at its top.
    private static string CodeOf(SourceFile sample)
    {
        var code = sample.Lines
            .Where(line => !line.StartsWith("#:", StringComparison.Ordinal)
                && !line.StartsWith("#!", StringComparison.Ordinal))
            .SkipWhile(line => line.Trim().Length == 0 || line.StartsWith("//", StringComparison.Ordinal));

        return string.Join('\n', code);
    }

    private static int FirstDifference(string shown, string written)
    {
        if (shown == written)
        {
            return -1;
        }

        var pairs = shown.Split('\n').Zip(written.Split('\n'));

        return pairs.TakeWhile(pair => pair.First == pair.Second).Count();
    }

    private static IEnumerable<Violation> Errors(CodeBlock block, IReadOnlyList<MetadataReference> libraries)
    {
        var program = new SourceFile(block.Path, block.Text);
        var hasStatements = program.SyntaxRoot.ChildNodes().OfType<GlobalStatementSyntax>().Any();
        var compilation = hasStatements
            ? Compiler.Program("Block", [program], libraries, "Switchboard")
            : Compiler.Library("Block", [program], libraries, "Switchboard");

        return compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(error => Violation.At(error.Location, $"{error.Id}: {error.GetMessage(formatProvider: null)}"))
            .Select(error => error with { Path = block.Path, Line = error.Line + block.Line });
    }
}
