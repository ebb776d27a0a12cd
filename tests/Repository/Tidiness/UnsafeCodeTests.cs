namespace Switchboard.Repository.Tidiness;

public sealed class UnsafeCodeTests
{
    [Theory]
    [InlineData("src/A.cs", "class A\n{ unsafe void B() { } }")]
    [InlineData("src/A.cs", "class A {\nvoid B() { unsafe { } } }")]
    [InlineData("samples/a.cs", "// one file\n#:property AllowUnsafeBlocks=true")]
    [InlineData("src/A.csproj", "<Project>\n  <AllowUnsafeBlocks>true</AllowUnsafeBlocks>")]
    public void Unsafe_code_is_reported(string path, string text)
    {
        Rule.IsBrokenAt(2, UnsafeCode.Check(new SourceFile(path, text)));
    }

    [Theory]
    [InlineData("src/A.cs", "// not unsafe\nclass A { string B = \"unsafe\"; }")]
    [InlineData("src/A.csproj", "<Project><Nullable>enable</Nullable></Project>")]
    [InlineData("bench/load/A.cs", "class A { unsafe void B() { } }")]
    [InlineData("src/Switchboard/Transports/SharedMemory/A.cs", "class A { unsafe void B() { } }")]
    public void Safe_code_and_unsafe_code_in_its_place_are_not_reported(string path, string text)
    {
        Assert.Empty(UnsafeCode.Check(new SourceFile(path, text)));
    }
}
