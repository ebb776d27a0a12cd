using System.Buffers;
using System.Text;
using Switchboard.Cli.Options;

namespace Switchboard.Cli.Tests.Options;

public sealed class FramingTextTests
{
    private const int MaxFrameBytes = 300;

    [Theory]
    [InlineData("lines", "ab\n")]
    [InlineData("until-close", "ab")]
    [InlineData("fixed:2", "ab")]
    [InlineData("length:1", "\u0002ab")]
    [InlineData("length:2", "\0\u0002ab")]
    [InlineData("length:3", "\0\0\u0002ab")]
    [InlineData("length:4", "\0\0\0\u0002ab")]
    [InlineData("length:8", "\0\0\0\0\0\0\0\u0002ab")]
    [InlineData("length:varint", "\u0002ab")]
    [InlineData("delimited:;", "ab;")]
    [InlineData(@"delimited:\r\n", "ab\r\n")]
    [InlineData("delimited::", "ab:")]
    public void A_framing_is_typed_in_one_word(string text, string encoded)
    {
        var output = new ArrayBufferWriter<byte>();

        FramingText.Parse(text)(MaxFrameBytes).Encode("ab"u8, output);

        Assert.Equal(encoded, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("", "is no framing")]
    [InlineData("line", "is no framing")]
    [InlineData("lines:", "is no framing")]
    [InlineData("fixed", "is no framing")]
    [InlineData("fixed:0", "is not a size")]
    [InlineData("length:5", "Write length:1, 2, 3, 4 or 8")]
    [InlineData("delimited:", "delimited needs bytes")]
    [InlineData(@"delimited:\q", "is no escape")]
    public void Anything_else_is_refused_and_says_what_is_expected(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => FramingText.Parse(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_frame_obeys_the_maximum_too()
    {
        Assert.Throws<FormatException>(() => FramingText.Parse("fixed:301")(MaxFrameBytes));
    }
}
