namespace Switchboard.Repository.Tidiness;

public sealed class OneTypePerFileTests
{
    [Theory]
    [InlineData("class A { }\nclass B { }")]
    [InlineData("class A { }\ndelegate void B();")]
    [InlineData("class A { }\nenum B { }")]
    [InlineData("class A { }\nstatic class B { extension(A a) { } }")]
    public void A_second_type_is_reported(string text)
    {
        Rule.IsBrokenAt(2, OneTypePerFile.Check(new SourceFile("A.cs", text)));
    }

    [Fact]
    public void A_file_with_another_name_is_reported_with_the_name_to_use()
    {
        var file = new SourceFile("src/Lines.cs", "namespace N;\nclass Line { }");

        var violation = Assert.Single(OneTypePerFile.Check(file));

        Assert.Equal(2, violation.Line);
        Assert.Contains("Rename the file to Line.cs", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A.cs", "namespace N; class A { class B { } enum C { } }")]
    [InlineData("A.Part.cs", "partial class A { }")]
    [InlineData("A{T}.cs", "class A<T> { }")]
    [InlineData("AOfT.cs", "class A<T> { }")]
    [InlineData("AExtensions.cs", "static class AExtensions { extension(A a) { } }")]
    [InlineData("program.cs", "System.Console.Write(1);\nclass A { }\nclass B { }")]
    [InlineData("Usings.cs", "global using System;")]
    public void One_type_in_a_file_of_its_name_is_not_reported(string path, string text)
    {
        Assert.Empty(OneTypePerFile.Check(new SourceFile(path, text)));
    }
}
