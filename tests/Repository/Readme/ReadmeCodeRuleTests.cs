using Microsoft.CodeAnalysis;

namespace Switchboard.Repository.Readme;

public sealed class ReadmeCodeRuleTests
{
    private static readonly MetadataReference[] Library =
    [
        Compiler.Library("Switchboard", [new SourceFile("Line.cs", "namespace Switchboard; public class Line { }")])
            .ToMetadataReference(),
    ];

    [Fact]
    public void A_block_that_does_not_compile_is_reported_on_its_line_of_the_document()
    {
        Rule.IsBrokenAt(5, CheckCompiles("# Title\n\n```csharp\nvar line = new Line();\nline.Missing();\n```\n"));
    }

    [Theory]
    [InlineData("csharp", "Console.WriteLine(new Line());\nawait Task.Yield();")]
    [InlineData("csharp", "#:package Some@1.0.0\nConsole.WriteLine(new Line());")]
    [InlineData("csharp", "class Longer : Line;")]
    [InlineData("csharp fragment", "line.Missing();")]
    [InlineData("sh", "dotnet test")]
    public void A_block_that_compiles_or_is_not_a_program_is_not_reported(string marks, string code)
    {
        Assert.Empty(CheckCompiles($"```{marks}\n{code}\n```\n"));
    }

    [Theory]
    [InlineData("cs")]
    [InlineData("c#")]
    [InlineData("csharp run")]
    public void A_block_with_a_mark_that_nobody_checks_is_reported(string marks)
    {
        Rule.IsBrokenAt(2, ReadmeCode.CheckMarks(new SourceFile("A.md", $"\n```{marks}\n```\n")));
    }

    [Fact]
    public void A_block_with_a_mark_that_is_checked_is_not_reported()
    {
        const string Text = "```csharp\n```\n```csharp fragment\n```\n```sh\n```\n```\n```\n";

        Assert.Empty(ReadmeCode.CheckMarks(new SourceFile("A.md", Text)));
    }

    [Theory]
    [InlineData("One();\nThree();\n", 5)]
    [InlineData("One();\n", 5)]
    [InlineData("One();\nTwo();\n\n", 7)]
    [InlineData("One(); \nTwo();\n", 4)]
    public void A_block_that_differs_from_its_sample_is_reported_where_it_does(string code, int line)
    {
        Rule.IsBrokenAt(line, CheckSamples($"# Title\n<!-- sample: samples/x.cs -->\n```csharp\n{code}```\n"));
    }

    [Fact]
    public void A_block_that_equals_its_sample_is_not_reported()
    {
        Assert.Empty(CheckSamples("<!-- sample: samples/x.cs -->\n```csharp\nOne();\nTwo();\n```\n"));
    }

    [Fact]
    public void A_sample_that_does_not_exist_is_reported()
    {
        Rule.IsBrokenAt(1, CheckSamples("<!-- sample: samples/y.cs -->\n```csharp\nOne();\n```\n"));
    }

    [Fact]
    public void The_first_block_of_the_README_must_be_a_sample()
    {
        const string Code = "```csharp\nOne();\n```\n\n```csharp\nTwo();\n```\n";

        Rule.IsBrokenAt(2, ReadmeCode.CheckFirstIsSample(new SourceFile("README.md", "\n" + Code)));
        Assert.Empty(ReadmeCode.CheckFirstIsSample(
            new SourceFile("README.md", "<!-- sample: samples/x.cs -->\n" + Code)));
    }

    private static IEnumerable<Violation> CheckCompiles(string text) =>
        ReadmeCode.CheckCompiles(new SourceFile("A.md", text), Library);

    private static IEnumerable<Violation> CheckSamples(string text)
    {
        const string Sample = "#:project ../src/X\n\n// What it shows.\n// And more.\n\nOne();\nTwo();\n";

        return ReadmeCode.CheckSamples(
            new SourceFile("A.md", text), path => path == "samples/x.cs" ? new SourceFile(path, Sample) : null);
    }
}
