using Switchboard.Cli.Options;

namespace Switchboard.Cli.Tests.Options;

public sealed class OptionTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("512", 512)]
    [InlineData("64K", 64 * 1024)]
    [InlineData("64k", 64 * 1024)]
    [InlineData("1M", 1024 * 1024)]
    public void Sizes_are_bytes_or_have_a_suffix(string text, int bytes)
    {
        Assert.Equal(bytes, SizeText.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5M")]
    [InlineData("9G")]
    [InlineData("2048M")]
    [InlineData("99999999999999999999")]
    public void Other_sizes_are_refused(string text)
    {
        var error = Assert.Throws<FormatException>(() => SizeText.Parse(text));

        Assert.StartsWith($"'{text}' is not a size.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    public void Times_have_a_unit_and_seconds_need_none(string text, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeText.Parse(text));
    }

    [Fact]
    public void A_wait_needs_some_time_and_may_be_endless()
    {
        Assert.Throws<FormatException>(() => TimeText.ParseWait("0ms"));
        Assert.Equal(TimeSpan.FromMilliseconds(1), TimeText.ParseWait("1ms"));
        Assert.Equal(Timeout.InfiniteTimeSpan, TimeText.ParseWait("never"));
    }

    [Fact]
    public void Never_is_no_limit()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, TimeText.Parse("never"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("5 s")]
    [InlineData("5sm")]
    [InlineData("9999h")]
    [InlineData("NaN")]
    public void Other_times_are_refused(string text)
    {
        Assert.Throws<FormatException>(() => TimeText.Parse(text));
    }

    [Theory]
    [InlineData(0.0123, "12.3ms")]
    [InlineData(30, "30s")]
    [InlineData(90, "1.5m")]
    [InlineData(7200, "2h")]
    public void A_time_is_shown_as_it_could_be_typed(double seconds, string shown)
    {
        Assert.Equal(shown, TimeText.Show(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData(@"\r\n", new byte[] { 13, 10 })]
    [InlineData(@"\0\t\\", new byte[] { 0, 9, 92 })]
    [InlineData(@"\xFFz\x0a", new byte[] { 0xFF, 0x7A, 0x0A })]
    [InlineData("é|", new byte[] { 0xC3, 0xA9, 0x7C })]
    public void Escapes_stand_for_one_byte_each(string text, byte[] bytes)
    {
        Assert.Equal(bytes, EscapedText.Parse(text));
    }

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"a\q")]
    [InlineData(@"\x1")]
    [InlineData(@"\xGG")]
    [InlineData(@"\x+1")]
    public void Other_escapes_are_refused(string text)
    {
        Assert.Throws<FormatException>(() => EscapedText.Parse(text));
    }
}
