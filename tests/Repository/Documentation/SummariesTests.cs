namespace Switchboard.Repository.Documentation;

public sealed class SummariesTests
{
    [Theory]
    [InlineData("Gets or sets the idle timeout.", "TimeSpan IdleTimeout { get; set; }")]
    [InlineData("Whether this is sealed.", "bool IsSealed;")]
    [InlineData("Cache.", "int Count;")]
    [InlineData("The <see cref=\"Count\"/> of the caches.", "int Count;")]
    [InlineData("Counts.", "void Count() { }")]
    [InlineData("The.", "int Count;")]
    public void A_summary_that_repeats_the_name_is_reported(string summary, string member)
    {
        Rule.IsBrokenAt(5, Check(summary, "public " + member));
    }

    [Theory]
    [InlineData("How long a connection may stay silent before it is closed.", "TimeSpan IdleTimeout { get; set; }")]
    [InlineData("How many fit.", "int Count;")]
    public void A_summary_that_says_more_is_not_reported(string summary, string member)
    {
        Assert.Empty(Check(summary, "public " + member));
    }

    [Fact]
    public void What_users_cannot_see_is_not_reported()
    {
        Assert.Empty(Check("The count.", "internal int Count;"));
    }

    [Fact]
    public void A_member_of_an_extension_block_is_reported()
    {
        const string Text = "namespace N;\npublic static class A\n{\nextension(string text)\n{\n"
            + "/// <summary>The length.</summary>\npublic int Length() => 2;\n}\n}";

        Rule.IsBrokenAt(7, Summaries.Check(Compiler.Library("A", [new SourceFile("A.cs", Text)])));
    }

    private static IEnumerable<Violation> Check(string summary, string member)
    {
        var text = $"namespace N;\npublic class Cache\n{{\n/// <summary>{summary}</summary>\n{member}\n}}";

        return Summaries.Check(Compiler.Library("A", [new SourceFile("A.cs", text)]));
    }
}
