namespace Switchboard.Tests;

public sealed class LengthPrefixTests
{
    [Fact]
    public void By_default_the_length_is_four_bytes_in_network_order_and_is_removed()
    {
        Assert.Equal([0, 0, 0, 1, 0xAA], Framing.LengthPrefixed(maxBytes: 1).Encoded([0xAA]));
        Framing.LengthPrefixed(maxBytes: 1).AssertDecodes([0, 0, 0, 1, 0xAA], "[AA]", decoded => decoded.AsHex);
    }

    public static TheoryData<int, LengthPrefix> Impossible => new()
    {
        { 100, new LengthPrefix { Format = (LengthFormat)99 } },
        { 100, new LengthPrefix { Header = (FrameHeader)99 } },
        { 100, new LengthPrefix { Offset = -1, Header = FrameHeader.Kept } },

        // The bytes before the length would be lost.
        { 100, new LengthPrefix { Offset = 1 } },

        // Not even an empty frame fits the maximum.
        { 5, new LengthPrefix { Offset = 2, Header = FrameHeader.Kept } },
        { 2, new LengthPrefix { Offset = 2, Header = FrameHeader.Kept, Format = LengthFormat.Varint } },
        { int.MaxValue, new LengthPrefix { Offset = int.MaxValue, Header = FrameHeader.Kept } },
        { 100, new LengthPrefix { Adjustment = 101 } },
        { 100, new LengthPrefix { Adjustment = 97, Header = FrameHeader.Kept } },

        // Not even an empty frame's length fits the field.
        { 1000, new LengthPrefix { Adjustment = -256, Format = LengthFormat.UInt8 } },
        { 1000, new LengthPrefix { Adjustment = int.MinValue, Format = LengthFormat.UInt24BigEndian } },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void A_prefix_that_allows_no_frame_is_refused(int maxBytes, LengthPrefix prefix)
    {
        Assert.Throws<ArgumentException>(() => Framing.LengthPrefixed(maxBytes, prefix));
    }

    [Fact]
    public void A_prefix_that_allows_one_frame_is_accepted()
    {
        var kept = new LengthPrefix { Offset = 2, Header = FrameHeader.Kept };
        var oneLength = new LengthPrefix { Adjustment = -255, Format = LengthFormat.UInt8 };

        Assert.Equal(new byte[6], Framing.LengthPrefixed(maxBytes: 6, kept).Encoded([0, 0, 1, 1, 1, 1]));
        Framing.LengthPrefixed(maxBytes: 1, oneLength).AssertDecodes([0xFF], "[]", decoded => decoded.AsHex);
        Assert.Equal([0xFF], Framing.LengthPrefixed(maxBytes: 1, oneLength).Encoded([]));
    }
}
