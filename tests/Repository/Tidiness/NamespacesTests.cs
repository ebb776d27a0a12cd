namespace Switchboard.Repository.Tidiness;

public sealed class NamespacesTests
{
    [Theory]
    [InlineData("src/Switchboard/Serving/A.cs", "namespace Switchboard.Serving;\npublic class A;", "Switchboard")]
    [InlineData("src/Switchboard/Serving/A.cs", "namespace Switchboard;\ninternal class A;", "Switchboard.Serving")]
    [InlineData("src/Switchboard/Serving/A.cs", "namespace Switchboard;\nclass A;", "Switchboard.Serving")]
    [InlineData("src/Switchboard/X/Y/A.cs", "namespace Switchboard.X;\nclass A;", "Switchboard.X.Y")]
    [InlineData("src/Switchboard/Framing/A.cs", "namespace Switchboard.Framing;\nclass A;", "Switchboard")]
    [InlineData("src/Switchboard.Testing/A.cs", "namespace Switchboard;\npublic class A;", "Switchboard.Testing")]
    [InlineData("src/Switchboard.Cli/X/A.cs", "namespace Switchboard.Cli;\npublic class A;", "Switchboard.Cli.X")]
    [InlineData("src/Switchboard/A.cs", "\npublic class A;", "Switchboard")]
    public void A_type_in_the_wrong_namespace_is_reported_with_the_right_one(string path, string text, string right)
    {
        var violation = Assert.Single(Namespaces.Check(new SourceFile(path, text)));

        Assert.Equal(2, violation.Line);
        Assert.EndsWith($"Write: namespace {right};", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_with_braces_is_reported()
    {
        Rule.IsBrokenAt(1, Namespaces.Check(new SourceFile("tests/A.cs", "namespace N { class A; }")));
    }

    [Theory]
    [InlineData("src/Switchboard/Serving/A.cs", "namespace Switchboard; public class A { class B; }")]
    [InlineData("src/Switchboard/Serving/A.cs", "namespace Switchboard.Serving; internal class A;")]
    [InlineData("src/Switchboard/Framing/A.cs", "namespace Switchboard; internal class A;")]
    [InlineData("src/Switchboard.Cli/X/A.cs", "namespace Switchboard.Cli.X; public class A;")]
    [InlineData("tests/Switchboard.Tests/X/A.cs", "namespace Anything; public class A;")]
    public void A_type_in_its_place_is_not_reported(string path, string text)
    {
        Assert.Empty(Namespaces.Check(new SourceFile(path, text)));
    }
}
