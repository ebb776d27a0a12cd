namespace Switchboard.Repository.Tidiness;

public sealed class LeftoversTests
{
    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("/* and\n   FIXME */", 4)]
    [InlineData("/// <summary>HACK around it.</summary>\nint X;")]
    [InlineData("void X() => throw new System.NotImplementedException();")]
    [InlineData("void X() => throw new NotImplementedException();")]
    public void Unfinished_work_is_reported(string member, int line = 3)
    {
        Rule.IsBrokenAt(line, Leftovers.Check(new SourceFile("A.cs", $"class A\n{{\n{member}\n}}")));
    }

    [Theory]
    [InlineData("// A todo list, hackers and fixmes.")]
    [InlineData("string X = \"TODO\";")]
    [InlineData("void X() => throw new NotSupportedException();")]
    public void Finished_work_is_not_reported(string member)
    {
        Assert.Empty(Leftovers.Check(new SourceFile("A.cs", $"class A\n{{\n{member}\n}}")));
    }
}
