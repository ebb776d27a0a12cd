namespace Switchboard.Repository.Tidiness;

public sealed class LimitsTests
{
    [Theory]
    [InlineData(120, 0)]
    [InlineData(121, 1)]
    public void A_line_may_have_120_columns(int columns, int reported)
    {
        Assert.Equal(reported, Limits.CheckColumns(new SourceFile("A.cs", "\n" + new string('/', columns))).Count());
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(401, 1)]
    public void A_file_may_have_400_lines(int lines, int reported)
    {
        var file = new SourceFile("A.cs", string.Concat(Enumerable.Repeat("// one\n", lines)));

        Assert.Equal(reported, Limits.CheckFileLength(file).Count());
    }

    [Theory]
    [InlineData("void Long()", 60, 0)]
    [InlineData("void Long()", 61, 1)]
    [InlineData("A()", 61, 1)]
    [InlineData("[One][Two] void Long()", 61, 1)]
    [InlineData("int Long { get", 61, 1)]
    public void A_method_may_have_60_lines(string signature, int lines, int reported)
    {
        var body = string.Concat(Enumerable.Repeat("\n;", lines - 1));
        var end = signature.Contains("get", StringComparison.Ordinal) ? "} }" : "}";
        var file = new SourceFile("A.cs", $"class A\n{{\n// before\n{signature} {{{body}{end}\n}}");

        Assert.Equal(reported, Limits.CheckMethodLengths(file).Count(violation => violation.Line == 4));
    }

    [Fact]
    public void Attributes_and_comments_do_not_make_a_method_longer()
    {
        var cases = string.Concat(Enumerable.Repeat("// why\n[One]\n", 61));

        Assert.Empty(Limits.CheckMethodLengths(new SourceFile("A.cs", $"class A\n{{\n{cases}void Short() {{ }}\n}}")));
    }
}
