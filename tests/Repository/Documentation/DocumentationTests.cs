namespace Switchboard.Repository.Documentation;

public sealed class DocumentationTests
{
    public static TheoryData<string> Libraries => [.. Project.Libraries.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_summary_says_more_than_the_name(string library)
    {
        Rule.IsKept(Summaries.Check(Project.Named(library).Compilation));
    }

    [Fact]
    public void Links_lead_somewhere()
    {
        bool Exists(string path) => Path.Exists(Tree.FullPath(path));
        SourceFile? Read(string path) => Tree.Files.FirstOrDefault(file => file.IsMarkdown && file.Path == path);

        Rule.IsKept(Tree.Files.Where(file => file.IsMarkdown).SelectMany(file => Links.Check(file, Exists, Read)));
    }

    [Fact]
    public void Every_page_of_the_guide_can_be_reached()
    {
        var guide = Tree.Files.Where(file => file.Folder == "docs/guide" && file.IsMarkdown);
        var lists = Tree.Files.Where(file => file.Path is "README.md" or "docs/guide/README.md");

        Rule.IsKept(Links.CheckReachable(guide, [.. lists]));
    }
}
