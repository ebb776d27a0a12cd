using static Switchboard.Tests.FrameBytes;

namespace Switchboard.Tests;

public sealed class LineFramingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n", "[]")]
    [InlineData("\r\n", "[]")]
    [InlineData("ab\n", "[ab]")]
    [InlineData("ab\r\n", "[ab]")]
    [InlineData("ab\r\r\n", "[ab\r]")]
    [InlineData("\r\r\n", "[\r]")]
    [InlineData("a\rb\n", "[a\rb]")]
    [InlineData("\rab\n", "[\rab]")]
    [InlineData("a\n\rb\n", "[a][\rb]")]
    [InlineData("a\nb\r\n\n\r\nc\n", "[a][b][][][c]")]
    [InlineData("a", " truncated(a)")]
    [InlineData("a\nb", "[a] truncated(b)")]
    [InlineData("a\nb\r", "[a] truncated(b\r)")]
    [InlineData("\r", " truncated(\r)")]
    [InlineData("\0\u00ff\n", "[\0\u00ff]")]
    public void A_line_ends_with_LF_and_one_CR_before_it(string bytes, string expected)
    {
        Framing.Lines(maxBytes: 100).AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
        Framing.Lines(maxBytes: 100, LineEnding.CrLf).AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Theory]
    [InlineData("abc\n", "[abc]")]
    [InlineData("abcd\n", "[abcd]")]
    [InlineData("abcd\r\n", "[abcd]")]
    [InlineData("abc\r\r\n", "[abc\r]")]
    [InlineData("abcd\r", " truncated(abcd\r)")]
    [InlineData("abcde\n", " too large(4)")]
    [InlineData("abcde\r\n", " too large(4)")]
    [InlineData("abcd\rx\n", " too large(4)")]
    [InlineData("abcd\r\r\n", " too large(4)")]
    [InlineData("ab\nabcde", "[ab] too large(4)")]
    [InlineData("abcde", " too large(4)")]
    public void The_maximum_counts_the_line_without_its_ending(string bytes, string expected)
    {
        Framing.Lines(maxBytes: 4).AssertDecodes(Of(bytes), expected, decoded => decoded.AsText);
    }

    [Fact]
    public void A_line_that_is_too_long_is_refused_before_it_ends()
    {
        var decoder = Framing.Lines(maxBytes: 4).CreateDecoder();

        Assert.False(decoder.TryDecode("abcd"u8, out _));
        var error = Assert.Throws<FrameTooLargeException>(() => decoder.TryDecode("abcde"u8, out _));

        Assert.Contains("4 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("Framing.Lines", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", LineEnding.Lf, "\n")]
    [InlineData("ab", LineEnding.Lf, "ab\n")]
    [InlineData("", LineEnding.CrLf, "\r\n")]
    [InlineData("abcd", LineEnding.CrLf, "abcd\r\n")]
    [InlineData("a\rb", LineEnding.CrLf, "a\rb\r\n")]
    public void The_chosen_ending_is_written_behind_each_line(string line, LineEnding ending, string expected)
    {
        Assert.Equal(Of(expected), Framing.Lines(maxBytes: 4, ending).Encoded(Of(line)));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("a\nb")]
    [InlineData("a\r\n")]
    [InlineData("a\r")]
    [InlineData("\r")]
    public void A_line_that_would_not_arrive_as_it_is_is_refused(string line)
    {
        Framing.Lines(maxBytes: 4).AssertRefuses<ArgumentException>(Of(line));
        Framing.Lines(maxBytes: 4, LineEnding.CrLf).AssertRefuses<ArgumentException>(Of(line));
    }

    [Fact]
    public void A_line_that_is_too_long_is_not_sent()
    {
        var error = Framing.Lines(maxBytes: 4).AssertRefuses<FrameTooLargeException>(Of("abcde"));

        Assert.Equal(4, error.MaxFrameBytes);
    }

    [Fact]
    public void A_maximum_below_1_or_an_unknown_ending_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Framing.Lines(maxBytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Framing.Lines(maxBytes: 1, (LineEnding)2));
    }

    [Fact]
    public void The_largest_possible_maximum_overflows_nowhere()
    {
        Framing.Lines(int.MaxValue).AssertDecodes(Of("ab\r\ncd\r"), "[ab] truncated(cd\r)", decoded => decoded.AsText);
    }
}
