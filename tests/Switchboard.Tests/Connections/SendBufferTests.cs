using System.Buffers;
using Switchboard.Connections;

namespace Switchboard.Tests.Connections;

[Collection(Alone.Name)]
public class SendBufferTests
{
    [Fact]
    public void What_was_written_survives_the_growing()
    {
        var buffer = new SendBuffer();
        var expected = new List<byte>();
        for (var count = 1; count < 3000; count += 97)
        {
            var block = Enumerable.Repeat((byte)count, count).ToArray();
            expected.AddRange(block);
            buffer.Write(block);
        }

        Assert.Equal(expected, buffer.Written.ToArray());
        buffer.Clear();
    }

    [Fact]
    public void It_holds_a_pooled_buffer_only_while_it_holds_bytes()
    {
        var rented = BufferPool.Rented;
        var buffer = new SendBuffer();
        buffer.Write(new byte[5000]);
        Assert.Equal(rented + 1, BufferPool.Rented);

        buffer.Clear();
        Assert.Equal(rented, BufferPool.Rented);
    }

    [Fact]
    public void Cut_back_to_nothing_it_holds_no_pooled_buffer()
    {
        var rented = BufferPool.Rented;
        var buffer = new SendBuffer();
        buffer.GetSpan(10);
        buffer.CutBackTo(0);

        Assert.Equal(rented, BufferPool.Rented);
    }

    [Fact]
    public void Cut_back_it_holds_what_was_written_before()
    {
        var buffer = new SendBuffer();
        buffer.Write("kept"u8);
        buffer.Write(" half a fra"u8);
        buffer.CutBackTo(4);

        Assert.Equal("kept"u8.ToArray(), buffer.Written.ToArray());
        buffer.Clear();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_framing_that_claims_more_than_it_was_given_is_refused(int count)
    {
        var buffer = new SendBuffer();
        buffer.GetSpan(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(count));
        buffer.Clear();
    }
}
