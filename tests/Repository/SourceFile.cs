using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Switchboard.Repository;

/// <summary>A text file: what every rule is a function of.</summary>
internal sealed class SourceFile
{
    private readonly Lazy<SyntaxTree> _syntax;

    /// <param name="path">From the root of the repository, with forward slashes.</param>
    /// <param name="text">All of it.</param>
    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text.ReplaceLineEndings("\n");
        _syntax = new Lazy<SyntaxTree>(
            () => CSharpSyntaxTree.ParseText(Text, Compiler.Syntax, Path, Encoding.UTF8));
    }

    public string Path { get; }

    public string Text { get; }

    public string[] Lines => Text.Split('\n');

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsMarkdown => Path.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>The text read as C#.</summary>
    public SyntaxTree Syntax => _syntax.Value;

    public SyntaxNode SyntaxRoot => Syntax.GetRoot();
}
