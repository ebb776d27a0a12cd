using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tests.Output;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain text, ümläut, 漢字, 🙂", "plain text, ümläut, 漢字, 🙂")]
    [InlineData("\e[31mred", @"\e[31mred")]
    [InlineData("bell\a", @"bell\x07")]
    [InlineData("a\0b", @"a\x00b")]
    [InlineData("a\r\n\tb", @"a\r\n\tb")]
    [InlineData("\x7F", @"\x7F")]
    [InlineData("\u009B31m", @"\x9B31m")]
    [InlineData("user\u202Etxt.exe", @"user\u202Etxt.exe")]
    [InlineData("\u2066x\u2069", @"\u2066x\u2069")]
    [InlineData("zero\u200Bwidth", @"zero\u200Bwidth")]
    [InlineData("\u2028", @"\u2028")]
    public void What_could_command_a_terminal_becomes_visible(string text, string shown)
    {
        Assert.Equal(shown, SafeText.Line(text));
    }

    [Fact]
    public void A_text_of_several_lines_keeps_them_and_nothing_else()
    {
        Assert.Equal("a\n\tb\\r\\e", SafeText.Lines("a\n\tb\r\e"));
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFF, 0x62 }, @"a\xFFb")]
    [InlineData(new byte[] { 0xC3, 0xA9 }, "é")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE }, @"\u202E")]
    [InlineData(new byte[] { 0xE2, 0x80 }, @"\xE2\x80")]
    [InlineData(new byte[] { 0x1B, 0x0A }, @"\e\n")]
    public void Bytes_that_are_no_text_show_as_numbers(byte[] bytes, string shown)
    {
        Assert.Equal(shown, SafeText.Bytes(bytes));
    }

    [Fact]
    public void No_character_of_any_kind_gets_through_that_is_a_control()
    {
        var all = string.Concat(
            Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(code => !char.IsSurrogate(code)));

        Assert.DoesNotContain(SafeText.Line(all), char.IsControl);
    }
}
