namespace Switchboard.Repository.Tidiness;

public sealed class EmptyWordsTests
{
    [Theory]
    [InlineData("class TcpSession;")]
    [InlineData("class Channel<T>;")]
    [InlineData("record IOContext;")]
    [InlineData("struct ContextOfOne;")]
    [InlineData("interface IPoolManager;")]
    [InlineData("class EndpointHelpers;")]
    [InlineData("class Utils;")]
    [InlineData("class LineProcessor;")]
    [InlineData("class EchoService;")]
    [InlineData("class DataReader;")]
    [InlineData("enum PeerInfo { }")]
    [InlineData("delegate void OnData();")]
    [InlineData("class Outer { class InnerInfo; }")]
    public void A_type_named_with_an_empty_word_is_reported(string text)
    {
        Rule.IsBrokenAt(2, EmptyWords.CheckTypes(new SourceFile("A.cs", "namespace N;\n" + text)));
    }

    [Theory]
    [InlineData("src/Switchboard/Helpers/Line.cs")]
    [InlineData("src/Switchboard/Framing/LineUtil.cs")]
    [InlineData("src/Switchboard.Services/Echo.cs")]
    public void A_path_with_an_empty_word_is_reported(string path)
    {
        Rule.IsBrokenAt(1, EmptyWords.CheckPath(new SourceFile(path, "")));
    }

    [Theory]
    [InlineData("class Database;")]
    [InlineData("class Datagram { System.Threading.SynchronizationContext? used; }")]
    [InlineData("class ServiceCommand { void GetDataInfo() { } }")]
    [InlineData("static class Texts { extension(string text) { } }")]
    public void A_name_that_says_something_is_not_reported(string text)
    {
        Assert.Empty(EmptyWords.CheckTypes(new SourceFile("A.cs", text)));
        Assert.Empty(EmptyWords.CheckPath(new SourceFile("src/Switchboard/Datagrams/Database.cs", "")));
    }
}
