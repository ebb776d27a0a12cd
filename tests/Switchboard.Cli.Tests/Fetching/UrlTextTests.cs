using Switchboard.Cli.Fetching;

namespace Switchboard.Cli.Tests.Fetching;

public sealed class UrlTextTests
{
    [Theory]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("HTTPS://Example.COM:8443/A?b#c", "https://example.com:8443/A?b")]
    [InlineData("example.com/a", "http://example.com/a")]
    [InlineData("localhost:8000", "http://localhost:8000/")]
    [InlineData(":8000/a b", "http://localhost:8000/a%20b")]
    [InlineData("[::1]:8000/", "http://[::1]:8000/")]
    public void What_people_type_becomes_a_URL(string text, string whole) =>
        Assert.Equal(whole, UrlText.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("unix:/run/app.sock", "--at unix:/run/app.sock")]
    [InlineData("ftp://example.com/", "'ftp' is not a scheme that fetch speaks")]
    [InlineData("tcp://localhost:80", "'tcp' is not a scheme that fetch speaks")]
    [InlineData("http://alice:secret@example.com/", "--login FILE")]
    [InlineData("http://a\nb/", "is no URL")]
    [InlineData("http://", "is no URL")]
    [InlineData(":99999/", "is no URL")]
    public void What_is_none_is_refused_with_the_right_form(string text, string hint)
    {
        var error = Assert.Throws<FormatException>(() => UrlText.Parse(text));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }
}
