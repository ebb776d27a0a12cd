using Switchboard.Cli.Chatting;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class RoomNamesTests
{
    [Theory]
    [InlineData("tea", "#tea")]
    [InlineData("#tea, c#,&local", "#tea", "#c#", "&local")]
    [InlineData(",", new string[0])]
    public void The_mark_may_be_left_out(string typed, params string[] rooms) =>
        Assert.Equal(rooms, RoomNames.Parse(typed));

    [Theory]
    [InlineData("two words")]
    [InlineData("a\nb")]
    public void What_cannot_be_a_room_is_refused(string typed) =>
        Assert.Throws<FormatException>(() => RoomNames.Parse(typed));
}
