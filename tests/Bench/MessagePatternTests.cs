using System.Buffers.Binary;
using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class MessagePatternTests
{
    private const int MessageBytes = 32;

    private static readonly Cell Cell = new(1, MessageBytes, 4);

    private readonly MessagePattern _raw = new(Cell, MessageShape.Raw);

    [Fact]
    public void A_prefixed_message_says_how_many_bytes_follow()
    {
        var prefixed = new MessagePattern(Cell, MessageShape.Prefixed);

        for (var message = 0; message < prefixed.Messages; message++)
        {
            Assert.Equal(28, BinaryPrimitives.ReadInt32BigEndian(prefixed.Bytes[(message * MessageBytes)..]));
        }
    }

    [Fact]
    public void A_line_has_one_line_feed_and_it_is_last()
    {
        var line = new MessagePattern(Cell, MessageShape.Lines).Bytes[..MessageBytes];

        Assert.Equal(MessageBytes - 1, line.IndexOf((byte)'\n'));
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(5, 1)]
    [InlineData(31, 2)]
    [InlineData(159, 128)]
    public void What_was_sent_matches_wherever_it_is_cut(int position, int length)
    {
        var received = _raw.Bytes.Slice(position, length);

        Assert.True(_raw.Matches(position, received));
        Assert.True(_raw.MatchesAtFirstSight(position, received));
    }

    [Fact]
    public void A_message_that_was_left_out_is_seen_at_first_sight()
    {
        var received = _raw.Bytes.Slice(MessageBytes, MessageBytes);

        Assert.False(_raw.MatchesAtFirstSight(0, received));
    }

    [Fact]
    public void A_wrong_byte_in_the_middle_is_seen_when_every_byte_is_looked_at()
    {
        var received = _raw.Bytes[..MessageBytes].ToArray();
        received[20]++;

        Assert.True(_raw.MatchesAtFirstSight(0, received));
        Assert.False(_raw.Matches(0, received));
    }

    [Fact]
    public void More_than_was_sent_does_not_match()
    {
        Assert.False(_raw.Matches(MessageBytes, new byte[_raw.Bytes.Length]));
    }
}
