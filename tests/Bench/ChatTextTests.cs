using System.Text;
using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class ChatTextTests
{
    [Fact]
    public void What_was_said_is_read_from_what_arrives()
    {
        var said = new ChatText(Sender: 19, Count: 70_000, SentAt: 1_234_567_890_123_456_789);

        var line = (byte[])[.. ":m19!~m@localhost "u8, .. said.ToLine("#load")];

        Assert.True(ChatText.TryRead(line, out var heard));
        Assert.Equal(said, heard);
    }

    [Theory]
    [InlineData("PRIVMSG #load :hello")]
    [InlineData("PRIVMSG #load")]
    [InlineData("")]
    public void What_others_say_is_nothing_of_ours(string line) =>
        Assert.False(ChatText.TryRead(Encoding.ASCII.GetBytes(line), out _));
}
