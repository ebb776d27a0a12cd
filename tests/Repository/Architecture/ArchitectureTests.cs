namespace Switchboard.Repository.Architecture;

public sealed class ArchitectureTests
{
    private static SourceFile Document => Tree.File("ARCHITECTURE.md");

    public static TheoryData<string> Projects => [.. Project.All.Select(project => project.Name)];

    [Fact]
    public void Every_folder_has_a_row_and_every_row_has_a_folder()
    {
        Rule.IsKept(FolderTable.CheckFolders(Document, Tree.CSharpUnder("src")));
    }

    [Fact]
    public void Arrows_point_down_only()
    {
        Assert.NotEmpty(FolderTable.Read(Document));
        Rule.IsKept(FolderTable.CheckArrows(Document));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_what_its_row_allows(string project)
    {
        Rule.IsKept(FolderUses.Check(Project.Named(project).Compilation, FolderTable.Read(Document)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_its_row_allows(string project)
    {
        Rule.IsKept(ProjectReferences.Check(Project.Named(project).File, FolderTable.Read(Document)));
    }
}
