using static Switchboard.Tests.FrameBytes;

namespace Switchboard.Tests;

public sealed class FixedFramingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("ab", " truncated(ab)")]
    [InlineData("abc", "[abc]")]
    [InlineData("abcd", "[abc] truncated(d)")]
    [InlineData("abcdef", "[abc][def]")]
    public void Every_frame_has_the_same_length(string bytes, string expected)
    {
        Framing.Fixed(bytes: 3).AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Fact]
    public void A_truncated_frame_says_how_much_of_it_arrived()
    {
        var decoded = Decoding.DecodeAll(Framing.Fixed(bytes: 10), [Of("abc")]);

        Assert.Contains("3 of 10 bytes", decoded.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_partial_frame_is_a_copy()
    {
        var rest = Of("ab");

        var error = Assert.Throws<TruncatedFrameException>(
            () => Framing.Fixed(bytes: 3).CreateDecoder().TryDecodeLast(rest, out _));
        rest[0] = (byte)'x';

        Assert.Equal(Of("ab"), error.PartialFrame.ToArray());
    }

    [Fact]
    public void Only_a_frame_of_that_length_is_sent()
    {
        var framing = Framing.Fixed(bytes: 3);

        Assert.Equal(Of("abc"), framing.Encoded(Of("abc")));
        framing.AssertRefuses<ArgumentException>(Of("ab"));
        framing.AssertRefuses<ArgumentException>([]);
        Assert.Equal(3, framing.AssertRefuses<FrameTooLargeException>(Of("abcd")).MaxFrameBytes);
    }

    [Fact]
    public void A_length_below_1_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Framing.Fixed(bytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Framing.Fixed(bytes: -1));
    }
}
