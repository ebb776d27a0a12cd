using Switchboard.Cli.Chatting;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class ChatTextTests
{
    [Theory]
    [InlineData("plain, ümläut, 漢字, 🙂", "plain, ümläut, 漢字, 🙂")]
    [InlineData("\x02" + "bold\x0F \x1Ditalic\x1F \x16rev\x1E\x11", "bold italic rev")]
    [InlineData("\x03" + "4red\x03 \x03" + "12,4both \x03,5 comma \x03" + "123", "red both ,5 comma 3")]
    [InlineData("\x04" + "ff0000red\x04" + "00ff00,0000ffx", "redx")]
    [InlineData("\e[2J\e]0;title\a", @"\e[2J\e]0;title\x07")]
    [InlineData("\u009B31m\u0090q\u009C", @"\x9B31m\x90q\x9C")]
    [InlineData("a\u202Eb\u2066c", @"a\u202Eb\u2066c")]
    [InlineData("a\u200Bb\u200Cc\uFEFFd\u00ADe", @"a\u200Bb\u200Cc\uFEFFd\u00ADe")]
    [InlineData("a\u200Db", @"a\u200Db")]
    [InlineData("👩\u200D💻", "👩💻")]
    [InlineData("one\rtwo\nthree\tfour", @"one\rtwo\nthree\tfour")]
    [InlineData("z\u0301\u0302\u0303\u0304\u0305\u0306", "z\u0301\u0302\u0303")]
    public void What_others_say_is_shown_and_never_obeyed(string text, string shown) =>
        Assert.Equal(shown, ChatText.Of(text));

    [Theory]
    [InlineData("ali\u200Bce")]
    [InlineData("\x02" + "alice")]
    [InlineData("alice\u202E")]
    public void A_name_that_hides_something_looks_different(string name) =>
        Assert.NotEqual("alice", ChatText.Name(name));

    [Fact]
    public void No_letter_of_any_kind_gets_through_that_a_terminal_obeys()
    {
        for (var code = 0; code < 0x110000; code++)
        {
            if (code is >= 0xD800 and < 0xE000)
            {
                continue;
            }

            Assert.DoesNotContain(ChatText.Of($"a{char.ConvertFromUtf32(code)}b"), char.IsControl);
        }
    }
}
