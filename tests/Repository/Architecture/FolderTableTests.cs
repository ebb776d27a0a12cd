namespace Switchboard.Repository.Architecture;

public sealed class FolderTableTests
{
    [Fact]
    public void A_row_is_read_with_what_it_may_use()
    {
        var row = FolderTable.Read(Table("| `src/A/Upper` | above | `Lower`, Other |"))[0];

        Assert.Equal("src/A/Upper", row.Folder);
        Assert.Equal(["Lower", "Other"], row.MayUse);
        Assert.Equal(3, row.Line);
    }

    [Fact]
    public void Other_tables_are_not_read()
    {
        var words = new SourceFile("X.md", "| word | means | since |\n|---|---|---|\n| a | b | c |");

        Assert.Empty(FolderTable.Read(words));
    }

    [Fact]
    public void A_row_without_code_is_reported()
    {
        var violations = FolderTable.CheckFolders(Table("| src/A | all | nothing |", "| src/A/Gone | ? | nothing |"), [
            new SourceFile("src/A/One.cs", ""),
        ]);

        Rule.IsBrokenAt(4, violations);
    }

    [Fact]
    public void Code_without_a_row_is_reported_with_the_row_to_write()
    {
        var violations = FolderTable.CheckFolders(Table("| src/A | all | nothing |"), [
            new SourceFile("src/A/One.cs", ""), new SourceFile("src/A/New/Deep/Two.cs", ""),
        ]);

        var violation = Assert.Single(violations);
        Assert.Equal("src/A/New/Deep/Two.cs", violation.Path);
        Assert.Contains("`src/A/New`", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_speaks_for_the_folders_below_it()
    {
        Assert.Empty(FolderTable.CheckFolders(Table("| src/A | all | nothing |", "| src/A/B | part | nothing |"), [
            new SourceFile("src/A/B/C/D/One.cs", ""),
        ]));
    }

    [Fact]
    public void A_circle_is_reported_at_each_of_its_rows()
    {
        var circle = Table("| src/A/B | b | C |", "| src/A/C | c | D |", "| src/A/D | d | B |");

        var violations = FolderTable.CheckArrows(circle);

        Assert.Equal([3, 4, 5], violations.Select(violation => violation.Line));
    }

    [Fact]
    public void A_name_without_a_row_is_reported()
    {
        Rule.IsBrokenAt(3, FolderTable.CheckArrows(Table("| src/A/B | b | Nowhere |")));
    }

    [Fact]
    public void Rows_that_point_down_are_not_reported()
    {
        Assert.Empty(FolderTable.CheckArrows(Table("| src/A/B | b | C |", "| src/A/C | c | nothing |")));
    }

    private static SourceFile Table(params string[] rows) =>
        new("ARCHITECTURE.md", "| folder | what it is for | may use |\n|---|---|---|\n" + string.Join('\n', rows));
}
