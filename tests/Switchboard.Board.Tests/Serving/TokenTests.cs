using Switchboard.Board.Serving;

namespace Switchboard.Board.Tests.Serving;

public sealed class TokenTests
{
    [Fact]
    public void Only_the_token_itself_is_right()
    {
        var token = new Token();

        Assert.True(token.IsRight(token.Text));
        Assert.False(token.IsRight(null));
        Assert.False(token.IsRight(""));
        Assert.False(token.IsRight(token.Text[1..]));
        Assert.False(token.IsRight(new Token().Text));
        Assert.False(token.IsRight("é" + token.Text));
    }
}
