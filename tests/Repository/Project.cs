using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Switchboard.Repository;

/// <summary>A project under src/, compiled from its sources, so that the tests judge what is on the disk.</summary>
internal sealed class Project
{
    private readonly Lazy<CSharpCompilation> _compilation;

    private Project(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text);
        File = file;
        References =
        [
            .. xml.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)),
        ];
        IsLibrary = xml.Descendants("OutputType").All(type => type.Value == "Library");
        _compilation = new Lazy<CSharpCompilation>(Compile);
    }

    public static IReadOnlyList<Project> All { get; } =
    [
        .. Tree.Files
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => new Project(file)),
    ];

    public static IEnumerable<Project> Libraries => All.Where(project => project.IsLibrary);

    public SourceFile File { get; }

    public string Name => Path.GetFileNameWithoutExtension(File.Name);

    public string Folder => File.Folder;

    /// <summary>The names of the projects this one refers to.</summary>
    public IReadOnlyList<string> References { get; }

    public bool IsLibrary { get; }

    public CSharpCompilation Compilation => _compilation.Value;

    public static Project Named(string name) => All.Single(project => project.Name == name);

    private CSharpCompilation Compile()
    {
        var sources = Tree.CSharpUnder(Folder);
        var others = References.Select(name => Named(name).Compilation.ToMetadataReference());

        return IsLibrary ? Compiler.Library(Name, sources, others) : Compiler.Program(Name, sources, others);
    }
}
