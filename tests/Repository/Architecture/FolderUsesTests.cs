namespace Switchboard.Repository.Architecture;

public sealed class FolderUsesTests
{
    private static readonly FolderRow[] Rows =
    [
        new("src/A", [], 1), new("src/A/Upper", ["Lower"], 2), new("src/A/Lower", [], 3),
        new("src/B", [], 4), new("src/B/Elsewhere", [], 5),
    ];

    [Theory]
    [InlineData("Upper? Field;")]
    [InlineData("object Field = new Upper();")]
    [InlineData("object Field = typeof(Upper);")]
    [InlineData("int Field = Upper.Count;")]
    [InlineData("System.Collections.Generic.List<Upper> Field = [];")]
    [InlineData("void Method() => \"text\".Shout();")]
    public void A_type_from_above_is_reported_however_it_is_used(string member)
    {
        var violation = Assert.Single(Check($$"""
            namespace N;
            class Lower
            {
                {{member}}
            }
            """));

        Assert.Equal("src/A/Lower/Lower.cs", violation.Path);
        Assert.Equal(4, violation.Line);
        Assert.Contains("of src/A/Upper, but may use nothing", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_from_below_or_beside_or_of_the_framework_is_not_reported()
    {
        Assert.Empty(Check("namespace N; class Lower { Lower? Own; string Text = nameof(Own); }"));
    }

    [Fact]
    public void A_type_of_another_project_is_left_to_the_table_of_projects()
    {
        Assert.Empty(Check("namespace N; class Lower { Elsewhere? There; }"));
    }

    [Fact]
    public void A_doc_comment_may_point_up()
    {
        Assert.Empty(Check("namespace N; /// <summary>Used by <see cref=\"Upper\"/>.</summary>\nclass Lower { }"));
    }

    private static IEnumerable<Violation> Check(string lower)
    {
        const string Upper = "namespace N; class Upper { public static int Count => Lower.Equals(1, 1) ? 1 : 0; }";
        const string Shouting = "static class Shouting { extension(string text) { public void Shout() { } } }";

        return FolderUses.Check(
            Compiler.Library("A", [
                new SourceFile("src/A/Upper/Upper.cs", Upper),
                new SourceFile("src/A/Upper/Shouting.cs", Shouting),
                new SourceFile("src/A/Lower/Lower.cs", lower),
                new SourceFile("src/B/Elsewhere/Elsewhere.cs", "namespace N; class Elsewhere;"),
            ]),
            Rows);
    }
}
