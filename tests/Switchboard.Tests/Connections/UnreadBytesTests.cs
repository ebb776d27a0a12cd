using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

public class UnreadBytesTests
{
    [Fact]
    public void Bytes_come_out_as_they_were_put_in_front()
    {
        var unread = new UnreadBytes();
        unread.Prepend("world"u8);
        unread.Prepend("hello "u8);

        Assert.Equal("hello world", Take(unread, 100));
    }

    [Fact]
    public void What_did_not_fit_comes_next_and_behind_what_is_put_in_front_meanwhile()
    {
        var unread = new UnreadBytes();
        unread.Prepend("abcdef"u8);

        Assert.Equal("ab", Take(unread, 2));
        unread.Prepend("XY"u8);
        Assert.Equal("XYcd", Take(unread, 4));
        Assert.Equal(2, unread.Length);
        Assert.Equal("ef", Take(unread, 4));
        Assert.Equal(0, unread.Length);
    }

    [Fact]
    public void Taking_into_nothing_takes_nothing()
    {
        var unread = new UnreadBytes();
        unread.Prepend("abc"u8);

        Assert.Equal(0, unread.Take([]));
        Assert.Equal(3, unread.Length);
    }

    private static string Take(UnreadBytes unread, int most)
    {
        var bytes = new byte[most];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, unread.Take(bytes));
    }
}
