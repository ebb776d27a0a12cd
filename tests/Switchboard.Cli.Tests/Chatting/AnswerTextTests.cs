using System.Text;
using Switchboard.Chat;
using Switchboard.Cli.Chatting;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData(":s 311 ada bob b host.test * :Bob B.", "bob is Bob B. (b@host.test)")]
    [InlineData(":s 317 ada bob 90 1700000000 :seconds idle", "bob has said nothing for 1.5m")]
    [InlineData(":s 322 ada #tea 2 :black or green", "#tea (2) black or green")]
    [InlineData(":s 322 ada #tea 2 :", "#tea (2)")]
    [InlineData(":s 401 ada kim :No such nick", "kim No such nick")]
    [InlineData(":s 311 ada", "")]
    public void Answers_are_told_in_words(string line, string text)
    {
        Assert.True(ChatMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message));

        Assert.Equal(text, AnswerText.Of(new ChatAnswer(default, message!)));
    }
}
