namespace Switchboard.Tests;

/// <summary>
/// Bytes that were searched are not searched again: each test puts what is looked for where the decoder has been,
/// and sees that it does not find it.
/// </summary>
public sealed class FramingScanTests
{
    [Fact]
    public void A_line_decoder_does_not_go_back()
    {
        var decoder = Framing.Lines(maxBytes: 100).CreateDecoder();
        var block = "abcdef\n"u8.ToArray();
        Assert.False(decoder.TryDecode(block.AsSpan(0, 4), out _));

        block.AsSpan(0, 4).Fill((byte)'\n');

        Assert.False(decoder.TryDecode(block.AsSpan(0, 6), out _));
        Assert.True(decoder.TryDecode(block, out var frame));
        Assert.Equal(new FrameBounds(0, 6, 7), frame);
    }

    [Fact]
    public void A_delimited_decoder_goes_back_only_where_a_delimiter_may_have_begun()
    {
        var decoder = Framing.Delimited(";;;", maxBytes: 100).CreateDecoder();
        var block = "abcdefghij;;;"u8.ToArray();
        Assert.False(decoder.TryDecode(block.AsSpan(0, 8), out _));

        // From byte 6 on a delimiter could still begin, but then byte 8 would have to be one of it.
        block.AsSpan(0, 8).Fill((byte)';');

        Assert.False(decoder.TryDecode(block.AsSpan(0, 10), out _));
        Assert.True(decoder.TryDecode(block, out var frame));
        Assert.Equal(new FrameBounds(0, 10, 13), frame);
    }

    [Fact]
    public void A_length_is_read_once()
    {
        var decoder = Framing.LengthPrefixed(maxBytes: 100).CreateDecoder();
        var block = new byte[] { 0, 0, 0, 2, 0xAA, 0xBB };
        Assert.False(decoder.TryDecode(block.AsSpan(0, 4), out _));

        block.AsSpan(0, 4).Fill(0xFF);

        Assert.False(decoder.TryDecode(block.AsSpan(0, 5), out _));
        Assert.True(decoder.TryDecode(block, out var frame));
        Assert.Equal(new FrameBounds(4, 2, 6), frame);
    }

    [Fact]
    public void The_next_frame_is_searched_from_its_start()
    {
        var decoder = Framing.Lines(maxBytes: 100).CreateDecoder();
        Assert.False(decoder.TryDecode("abcd"u8, out _));
        Assert.True(decoder.TryDecode("abcd\n\nx\n"u8, out _));

        Assert.True(decoder.TryDecode("\nx\n"u8, out var empty));
        Assert.True(decoder.TryDecode("x\n"u8, out var last));

        Assert.Equal(new FrameBounds(0, 0, 1), empty);
        Assert.Equal(new FrameBounds(0, 1, 2), last);
    }

    [Fact]
    public void A_million_arrivals_of_one_byte_are_one_line()
    {
        var decoder = Framing.Lines(maxBytes: 1_000_000).CreateDecoder();
        var block = new byte[1_000_001];
        block[^1] = (byte)'\n';

        for (var arrived = 1; arrived < block.Length; arrived++)
        {
            Assert.False(decoder.TryDecode(block.AsSpan(0, arrived), out _));
        }

        Assert.True(decoder.TryDecode(block, out var frame));
        Assert.Equal(new FrameBounds(0, 1_000_000, 1_000_001), frame);
    }
}
