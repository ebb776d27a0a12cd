using static Switchboard.Tests.FrameBytes;

namespace Switchboard.Tests;

public sealed class DelimitedFramingTests
{
    [Theory]
    [InlineData(";", "", "")]
    [InlineData(";", ";", "[]")]
    [InlineData(";", "a;;b;", "[a][][b]")]
    [InlineData(";", "a;b", "[a] truncated(b)")]
    [InlineData("\r\n\r\n", "a\r\nb\r\n\r\n\r\n\r\n", "[a\r\nb][]")]
    [InlineData("\r\n\r\n", "a\r\n\r", " truncated(a\r\n\r)")]
    [InlineData("##", "a#b##", "[a#b]")]
    [InlineData("##", "a###", "[a] truncated(#)")]
    [InlineData("aab", "aaab", "[a]")]
    [InlineData("abab", "aababab", "[a] truncated(ab)")]
    [InlineData("\0\u00ff", "\u00ff\0\0\u00ff", "[\u00ff\0]")]
    public void A_frame_ends_where_the_delimiter_first_appears(string delimiter, string bytes, string expected)
    {
        var framing = Framing.Delimited(Of(delimiter), maxBytes: 100);

        framing.AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Theory]
    [InlineData(";", "abc;", "[abc]")]
    [InlineData(";", "abcd;", "[abcd]")]
    [InlineData(";", "abcde;", " too large(4)")]
    [InlineData(";", "abcde", " too large(4)")]
    [InlineData("<>", "abcd<>", "[abcd]")]
    [InlineData("<>", "abcd<", " truncated(abcd<)")]
    [InlineData("<>", "abcd<<>", " too large(4)")]
    [InlineData("<>", "abcde", " too large(4)")]
    [InlineData("<>", "a<>abcde<>", "[a] too large(4)")]
    [InlineData("aaaa", "bbbbaaaa", "[bbbb]")]
    [InlineData("aaaa", "bbbbbaaaa", " too large(4)")]
    public void The_maximum_does_not_count_the_delimiter(string delimiter, string bytes, string expected)
    {
        var framing = Framing.Delimited(delimiter, maxBytes: 4);

        framing.AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Fact]
    public void A_frame_is_refused_as_soon_as_no_delimiter_can_come_in_time()
    {
        var decoder = Framing.Delimited("<-->", maxBytes: 4).CreateDecoder();

        Assert.False(decoder.TryDecode("abcd"u8, out _));
        Assert.False(decoder.TryDecode("abcd<"u8, out _));
        Assert.False(decoder.TryDecode("abcd<--"u8, out _));
        Assert.Throws<FrameTooLargeException>(() => decoder.TryDecode("abcd<--x"u8, out _));
        Assert.Throws<FrameTooLargeException>(
            () => Framing.Delimited("<-->", maxBytes: 4).CreateDecoder().TryDecode("abcde"u8, out _));
    }

    [Theory]
    [InlineData(";", "a;b")]
    [InlineData("aa", "a")]
    [InlineData("aa", "ba")]
    [InlineData("aab", "aab")]
    [InlineData("abab", "xab")]
    [InlineData("aba", "ab")]
    [InlineData("<>", "<>")]
    public void A_frame_that_would_end_too_early_is_refused(string delimiter, string frame)
    {
        Framing.Delimited(delimiter, maxBytes: 4).AssertRefuses<ArgumentException>(Of(frame));
    }

    [Theory]
    [InlineData(";", "", ";")]
    [InlineData("<>", "a<", "a<<>")]
    [InlineData("aab", "a", "aaab")]
    [InlineData("aab", "aa", "aaaab")]
    [InlineData("abab", "xaba", "xabaabab")]
    public void The_delimiter_is_written_behind_each_frame(string delimiter, string frame, string expected)
    {
        var framing = Framing.Delimited(delimiter, maxBytes: 4);

        Assert.Equal(Of(expected), framing.Encoded(Of(frame)));
        framing.AssertDecodes(Of(expected), $"[{frame}]", decoded => decoded.AsText);
    }

    [Fact]
    public void A_frame_that_is_too_long_is_not_sent()
    {
        var error = Framing.Delimited(";", maxBytes: 4).AssertRefuses<FrameTooLargeException>(Of("abcde"));

        Assert.Equal(4, error.MaxFrameBytes);
    }

    [Fact]
    public void A_delimiter_given_as_text_is_UTF8()
    {
        Assert.Equal([(byte)'a', 0xE2, 0x82, 0xAC], Framing.Delimited("€", maxBytes: 4).Encoded(Of("a")));
        Assert.ThrowsAny<ArgumentException>(() => Framing.Delimited("\uD83D", maxBytes: 4));
    }

    [Fact]
    public void A_delimiter_is_copied()
    {
        var delimiter = Of(";");
        var framing = Framing.Delimited(delimiter, maxBytes: 4);

        delimiter[0] = (byte)'!';

        Assert.Equal(Of("a;"), framing.Encoded(Of("a")));
    }

    [Fact]
    public void An_empty_delimiter_or_a_maximum_below_1_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Framing.Delimited("", maxBytes: 4));
        Assert.Throws<ArgumentException>(() => Framing.Delimited(ReadOnlyMemory<byte>.Empty, maxBytes: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Framing.Delimited(";", maxBytes: 0));
    }

    [Fact]
    public void The_largest_possible_maximum_overflows_nowhere()
    {
        var framing = Framing.Delimited("<>", int.MaxValue);

        framing.AssertDecodes(Of("ab<>cd<"), "[ab] truncated(cd<)", decoded => decoded.AsText);
    }
}
