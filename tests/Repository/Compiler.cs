using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Switchboard.Repository;

/// <summary>Compiles in memory, as the SDK would.</summary>
internal static class Compiler
{
    // What <ImplicitUsings> adds for Microsoft.NET.Sdk.
    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    public static CSharpParseOptions Syntax { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithDocumentationMode(DocumentationMode.Parse)
        .WithFeatures([new("FileBasedProgram", "true")]);

    /// <summary>The framework, and the packages that the projects under test use; none of our own assemblies.</summary>
    public static IReadOnlyList<MetadataReference> Platform { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => !IsOurs(path))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Library(
        string name,
        IEnumerable<SourceFile> files,
        IEnumerable<MetadataReference>? others = null,
        params string[] usings) =>
        Compile(name, files, others ?? [], OutputKind.DynamicallyLinkedLibrary, usings);

    public static CSharpCompilation Program(
        string name,
        IEnumerable<SourceFile> files,
        IEnumerable<MetadataReference>? others = null,
        params string[] usings) =>
        Compile(name, files, others ?? [], OutputKind.ConsoleApplication, usings);

    private static CSharpCompilation Compile(
        string name,
        IEnumerable<SourceFile> files,
        IEnumerable<MetadataReference> others,
        OutputKind kind,
        string[] usings)
    {
        var everywhere = string.Concat(ImplicitUsings.Concat(usings).Select(used => $"global using {used};\n"));

        return CSharpCompilation.Create(
            name,
            files.Append(new SourceFile("ImplicitUsings.cs", everywhere)).Select(file => file.Syntax),
            [.. Platform, .. others],
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith("Switchboard", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).StartsWith("Repository", StringComparison.Ordinal);
}
