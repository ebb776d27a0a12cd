namespace Switchboard.Repository.Architecture;

public sealed class ProjectReferencesTests
{
    private static readonly FolderRow[] Rows = [new("src/Lib", [], 1), new("src/Tool", ["Lib"], 2)];

    [Fact]
    public void A_reference_against_the_arrow_is_reported_on_its_line()
    {
        Rule.IsBrokenAt(2, ProjectReferences.Check(Refers("Lib", "Tool"), Rows));
    }

    [Fact]
    public void A_reference_along_the_arrow_is_not_reported()
    {
        Assert.Empty(ProjectReferences.Check(Refers("Tool", "Lib"), Rows));
    }

    [Fact]
    public void A_project_without_a_row_is_reported()
    {
        Rule.IsBrokenAt(1, ProjectReferences.Check(Refers("New", "Lib"), Rows));
    }

    private static SourceFile Refers(string project, string to) => new(
        $"src/{project}/{project}.csproj",
        $"""
        <Project><ItemGroup>
          <ProjectReference Include="../{to}/{to}.csproj" />
        </ItemGroup></Project>
        """);
}
