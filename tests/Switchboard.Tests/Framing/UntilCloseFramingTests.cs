using static Switchboard.Tests.FrameBytes;

namespace Switchboard.Tests;

public sealed class UntilCloseFramingTests
{
    [Theory]
    [InlineData("", "[]")]
    [InlineData("abc", "[abc]")]
    [InlineData("abcd", "[abcd]")]
    [InlineData("abcde", " too large(4)")]
    public void A_connection_is_one_frame_which_may_be_empty(string bytes, string expected)
    {
        Framing.UntilClose(maxBytes: 4).AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Fact]
    public void More_than_the_maximum_is_refused_before_the_end()
    {
        var decoder = Framing.UntilClose(maxBytes: 4).CreateDecoder();

        Assert.False(decoder.TryDecode("abcd"u8, out _));
        Assert.Throws<FrameTooLargeException>(() => decoder.TryDecode("abcde"u8, out _));
    }

    [Fact]
    public void A_frame_is_sent_as_it_is()
    {
        var framing = Framing.UntilClose(maxBytes: 4);

        Assert.Equal(Of("abcd"), framing.Encoded(Of("abcd")));
        Assert.Empty(framing.Encoded([]));
        framing.AssertRefuses<FrameTooLargeException>(Of("abcde"));
    }

    [Fact]
    public void Only_this_framing_ends_with_the_connection()
    {
        Assert.True(Framing.UntilClose(maxBytes: 4).EndsWithConnection);
        Assert.False(Framing.Lines(maxBytes: 4).EndsWithConnection);
        Assert.False(Framing.Fixed(bytes: 4).EndsWithConnection);
        Assert.False(Framing.Delimited(";", maxBytes: 4).EndsWithConnection);
        Assert.False(Framing.LengthPrefixed(maxBytes: 4).EndsWithConnection);
    }
}
