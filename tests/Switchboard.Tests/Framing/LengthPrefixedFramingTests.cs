namespace Switchboard.Tests;

public sealed class LengthPrefixedFramingTests
{
    private const string Huge = "FFFFFFFFFFFFFFFF";

    [Theory]
    [InlineData(LengthFormat.UInt8, "03")]
    [InlineData(LengthFormat.UInt16BigEndian, "0003")]
    [InlineData(LengthFormat.UInt16LittleEndian, "0300")]
    [InlineData(LengthFormat.UInt24BigEndian, "000003")]
    [InlineData(LengthFormat.UInt24LittleEndian, "030000")]
    [InlineData(LengthFormat.UInt32BigEndian, "00000003")]
    [InlineData(LengthFormat.UInt32LittleEndian, "03000000")]
    [InlineData(LengthFormat.UInt64BigEndian, "0000000000000003")]
    [InlineData(LengthFormat.UInt64LittleEndian, "0300000000000000")]
    [InlineData(LengthFormat.Varint, "03")]
    public void The_length_stands_before_the_frame(LengthFormat format, string length)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 100, new LengthPrefix { Format = format });
        var bytes = Convert.FromHexString(length + "AABBCC");

        Assert.Equal(bytes, framing.Encoded([0xAA, 0xBB, 0xCC]));
        framing.AssertDecodes([.. bytes, .. bytes], "[AABBCC][AABBCC]", decoded => decoded.AsHex);
        framing.AssertDecodes(bytes[..^1], $" truncated({length}AABB)", decoded => decoded.AsHex);
        framing.AssertDecodes(bytes[..1], $" truncated({length[..2]})", decoded => decoded.AsHex);
    }

    [Fact]
    public void The_maximum_does_not_count_a_header_that_is_removed()
    {
        var framing = Framing.LengthPrefixed(maxBytes: 3);

        framing.AssertDecodes([0, 0, 0, 2, 1, 2], "[0102]", decoded => decoded.AsHex);
        framing.AssertDecodes([0, 0, 0, 3, 1, 2, 3], "[010203]", decoded => decoded.AsHex);
        framing.AssertDecodes([0, 0, 0, 4, 1, 2, 3, 4], " too large(3)", decoded => decoded.AsHex);
        Assert.Equal([0, 0, 0, 3, 1, 2, 3], framing.Encoded([1, 2, 3]));
        Assert.Equal(3, framing.AssertRefuses<FrameTooLargeException>([1, 2, 3, 4]).MaxFrameBytes);
    }

    [Theory]
    [InlineData(0, "0003AABB00", "[0003AABB00]")]
    [InlineData(0, "0000", "[0000]")]
    [InlineData(0, "0004AABB0000", " too large(5)")]
    [InlineData(-2, "0005AABB00", "[0005AABB00]")]
    [InlineData(-2, "0002", "[0002]")]
    [InlineData(-2, "0006AABB0000", " too large(5)")]
    [InlineData(-2, "0001", " wrong")]
    [InlineData(-2, "0000", " wrong")]
    [InlineData(1, "0002AABB00", "[0002AABB00]")]
    [InlineData(1, "0003AABB0000", " too large(5)")]
    [InlineData(1, "0000", " truncated(0000)")]
    public void The_maximum_counts_a_header_that_is_kept(int adjustment, string bytes, string expected)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 5, new LengthPrefix
        {
            Format = LengthFormat.UInt16BigEndian,
            Adjustment = adjustment,
            Header = FrameHeader.Kept,
        });

        framing.AssertDecodes(Convert.FromHexString(bytes), expected, decoded => decoded.AsHex);
    }

    [Theory]
    [InlineData(LengthFormat.UInt32BigEndian, "7FFFFFFF")]
    [InlineData(LengthFormat.UInt32BigEndian, "80000000")]
    [InlineData(LengthFormat.UInt32BigEndian, "FFFFFFFF")]
    [InlineData(LengthFormat.UInt32LittleEndian, "FFFFFFFF")]
    [InlineData(LengthFormat.UInt64BigEndian, "0000000080000000")]
    [InlineData(LengthFormat.UInt64BigEndian, "0000000100000001")]
    [InlineData(LengthFormat.UInt64BigEndian, "7FFFFFFFFFFFFFFF")]
    [InlineData(LengthFormat.UInt64BigEndian, "8000000000000000")]
    [InlineData(LengthFormat.UInt64BigEndian, Huge)]
    [InlineData(LengthFormat.UInt64LittleEndian, Huge)]
    [InlineData(LengthFormat.Varint, "FFFFFFFF07")]
    [InlineData(LengthFormat.Varint, "FFFFFFFFFFFFFFFF7F")]
    [InlineData(LengthFormat.Varint, "FFFFFFFFFFFFFFFFFF01")]
    public void A_huge_length_is_refused_before_its_body(LengthFormat format, string length)
    {
        var bytes = Convert.FromHexString(length + "AA");

        Assert.All(
            new[] { 0, 1, -1, int.MinValue },
            adjustment => Framing
                .LengthPrefixed(maxBytes: 16, new LengthPrefix { Format = format, Adjustment = adjustment })
                .AssertDecodes(bytes, adjustment == int.MinValue ? Wrapped(length) : " too large(16)", d => d.AsHex));
    }

    [Theory]
    [InlineData("8080808080808080808000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    [InlineData("8000")]
    [InlineData("818000")]
    public void A_varint_that_is_too_wide_or_padded_is_refused(string bytes)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 16, new LengthPrefix { Format = LengthFormat.Varint });

        framing.AssertDecodes(Convert.FromHexString(bytes), " wrong", decoded => decoded.AsHex);
    }

    [Fact]
    public void An_unfinished_varint_is_a_truncated_frame()
    {
        var framing = Framing.LengthPrefixed(maxBytes: 16, new LengthPrefix { Format = LengthFormat.Varint });

        framing.AssertDecodes([0x80, 0x80], " truncated(8080)", decoded => decoded.AsHex);
    }

    [Fact]
    public void A_truncated_frame_says_how_much_of_it_arrived()
    {
        var decoded = Decoding.DecodeAll(Framing.LengthPrefixed(maxBytes: 16), [[0, 0, 0, 10, 1, 2, 3]]);

        Assert.Contains("7 of 14 bytes", decoded.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_frames_are_frames()
    {
        Framing.LengthPrefixed(maxBytes: 1).AssertDecodes(new byte[12], "[][][]", decoded => decoded.AsHex);
    }

    [Theory]
    [InlineData(0, "0100FFFF0405", "010000020405")]
    [InlineData(-4, "0100FFFF0405", "010000060405")]
    [InlineData(-4, "01000000", "01000004")]
    [InlineData(1, "010000000405", "010000010405")]
    public void The_right_length_is_written_into_a_header_that_is_kept(int adjustment, string frame, string expected)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 16, new LengthPrefix
        {
            Format = LengthFormat.UInt16BigEndian,
            Offset = 2,
            Adjustment = adjustment,
            Header = FrameHeader.Kept,
        });

        Assert.Equal(expected, Convert.ToHexString(framing.Encoded(Convert.FromHexString(frame))));
        framing.AssertDecodes(Convert.FromHexString(expected), $"[{expected}]", decoded => decoded.AsHex);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("010203")]
    public void A_frame_that_ends_inside_its_own_header_is_not_sent(string frame)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 16, new LengthPrefix
        {
            Format = LengthFormat.UInt16BigEndian,
            Offset = 2,
            Header = FrameHeader.Kept,
        });

        framing.AssertRefuses<ArgumentException>(Convert.FromHexString(frame));
    }

    [Fact]
    public void A_varint_that_is_kept_grows_and_shrinks_with_the_frame()
    {
        var framing = Framing.LengthPrefixed(maxBytes: 203, new LengthPrefix
        {
            Format = LengthFormat.Varint,
            Offset = 1,
            Header = FrameHeader.Kept,
        });

        Assert.Equal([0x30, 0xC8, 0x01, .. new byte[200]], framing.Encoded([0x30, 0x00, .. new byte[200]]));
        Assert.Equal([0x30, 0x02, 0xAA, 0xBB], framing.Encoded([0x30, 0x80, 0x00, 0xAA, 0xBB]));

        // 1 + 1 + 201 fits the maximum, but not with the second byte that a length of 201 needs.
        framing.AssertRefuses<FrameTooLargeException>([0x30, 0x00, .. new byte[201]]);
        framing.AssertRefuses<ArgumentException>([0x30]);
        framing.AssertRefuses<ArgumentException>([0x30, 0x80]);
    }

    [Theory]
    [InlineData(LengthFormat.UInt8, 255)]
    [InlineData(LengthFormat.UInt16BigEndian, 65535)]
    [InlineData(LengthFormat.UInt16LittleEndian, 65535)]
    public void A_length_that_is_too_wide_for_its_field_is_not_sent(LengthFormat format, int largest)
    {
        var framing = Framing.LengthPrefixed(maxBytes: 100_000, new LengthPrefix { Format = format });

        Assert.Equal(largest, framing.AssertRefuses<FrameTooLargeException>(new byte[largest + 1]).MaxFrameBytes);
        Assert.Single(Decoding.DecodeAll(framing, [framing.Encoded(new byte[largest])]).Frames);
    }

    [Fact]
    public void A_frame_that_is_shorter_than_the_adjustment_promises_is_not_sent()
    {
        var framing = Framing.LengthPrefixed(maxBytes: 16, new LengthPrefix { Adjustment = 3 });

        framing.AssertRefuses<ArgumentException>([1, 2]);
        Assert.Equal([0, 0, 0, 0, 1, 2, 3], framing.Encoded([1, 2, 3]));
    }

    /// <summary>With an Adjustment of -2^31 these few lengths stand for frames of -1, 0 and more bytes.</summary>
    private static string Wrapped(string length)
    {
        return length switch
        {
            "7FFFFFFF" or "FFFFFFFF07" => " wrong",
            "80000000" or "0000000080000000" => "[] truncated(AA)",
            _ => " too large(16)",
        };
    }
}
