using Microsoft.CodeAnalysis;
using Switchboard.Repository.Documentation;

namespace Switchboard.Repository.Readme;

public sealed class ReadmeCodeTests
{
    private static IEnumerable<SourceFile> Pages =>
        Tree.Files.Where(file => file.IsMarkdown && (file.Path == "README.md" || file.Folder == "docs/guide"));

    [Fact]
    public void Code_compiles()
    {
        var libraries = Project.Libraries.Select(project => project.Compilation.ToMetadataReference()).ToArray();

        Rule.IsKept(Pages.SelectMany(page => ReadmeCode.CheckCompiles(page, libraries)));
    }

    [Fact]
    public void Code_is_marked_so_that_it_is_checked()
    {
        Rule.IsKept(Pages.SelectMany(ReadmeCode.CheckMarks));
    }

    [Fact]
    public void Code_that_shows_a_sample_is_the_sample()
    {
        SourceFile? Read(string path) => Tree.Files.FirstOrDefault(file => file.Path == path);

        Rule.IsKept(Pages.SelectMany(page => ReadmeCode.CheckSamples(page, Read)));
    }

    [Fact]
    public void The_first_code_of_the_README_is_a_sample()
    {
        Rule.IsKept(ReadmeCode.CheckFirstIsSample(Tree.File("README.md")));
    }

    [Fact]
    public void The_README_says_how_CI_tests()
    {
        const string Command = "dotnet test";
        var told = Markdown.CodeBlocks(Tree.File("README.md")).SelectMany(block => block.Text.Split('\n'));
        var done = Tree.File(".ci/run").Lines;

        Assert.Contains(Command, told);
        Assert.Contains(done, line => line == Command || line.StartsWith(Command + " 2>&1", StringComparison.Ordinal));
    }
}
