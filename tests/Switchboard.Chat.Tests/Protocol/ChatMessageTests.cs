using System.Text;
using Switchboard.Tests;

namespace Switchboard.Chat.Tests.Protocol;

public class ChatMessageTests
{
    [Theory]
    [InlineData("PING", "PING", new string[0])]
    [InlineData("ping x", "PING", new[] { "x" })]
    [InlineData("PRIVMSG #a :hello there", "PRIVMSG", new[] { "#a", "hello there" })]
    [InlineData("  JOIN   #a   key  ", "JOIN", new[] { "#a", "key" })]
    [InlineData("TOPIC #a :", "TOPIC", new[] { "#a", "" })]
    [InlineData("X :: a", "X", new[] { ": a" })]
    [InlineData("X a:b c", "X", new[] { "a:b", "c" })]
    [InlineData("X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "X",
        new[] { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15 16" })]
    public void A_line_has_a_command_and_parameters(string line, string command, string[] parameters)
    {
        var message = Parse(line);

        Assert.Equal(command, message.Command);
        Assert.Equal(parameters, message.Parameters);
    }

    [Fact]
    public void A_line_has_tags_and_a_source()
    {
        var message = Parse(
            @"@time=2026-01-01T00:00:00.000Z;+typing=active;empty;text=a\sb\:c\\d\r\ne\q\ :a!b@c PRIVMSG x :y");

        Assert.Equal("a!b@c", message.Source);
        Assert.Equal("active", message.Tag("+typing"));
        Assert.Equal("", message.Tag("empty"));
        Assert.Equal("a b;c\\d\r\neq", message.Tag("text"));
        Assert.Null(message.Tag("other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(":source")]
    [InlineData(": PING")]
    [InlineData("@tag=1")]
    [InlineData("@b!d=1 PING")]
    [InlineData("PR1VMSG x")]
    [InlineData("12 x")]
    [InlineData("1234 x")]
    [InlineData("PING a\0b")]
    public void What_is_no_message_is_refused(string line)
    {
        Assert.False(ChatMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message));
        Assert.Null(message);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        Assert.False(ChatMessage.TryParse([.. "PRIVMSG a :"u8, 0xC3, 0x28], out _));

    [Theory]
    [InlineData("PING", "a b", "c")]
    [InlineData("PING", "", "c")]
    [InlineData("PING", ":a", "c")]
    [InlineData("PING", "a", "c\nQUIT")]
    [InlineData("PING\nQUIT", "a", "c")]
    public void What_would_read_back_differently_cannot_be_made(string command, string first, string last) =>
        Assert.Throws<ArgumentException>(() => new ChatMessage(command, first, last));

    [Fact]
    public void A_source_or_a_tag_that_would_break_the_line_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => new ChatMessage("PING") { Source = "a b" });
        Assert.Throws<ArgumentException>(() => new ChatMessage("PING") { Tags = [new("a b", "c")] });
    }

    [Fact]
    public void Whatever_can_be_made_reads_back_the_same()
    {
        var seed = Seed.Choose();
        Seed.Print(seed);
        var random = new Random(unchecked((int)seed));
        for (var round = 0; round < 2000; round++)
        {
            var message = Any(random);

            var again = Parse(message.ToString());

            Assert.Equal(message.ToString(), again.ToString());
            Assert.Equal(message.Command, again.Command);
            Assert.Equal(message.Source, again.Source);
            Assert.Equal(message.Parameters, again.Parameters);
            Assert.Equal(message.Tags, again.Tags);
        }
    }

    private static ChatMessage Any(Random random)
    {
        var parameters = Enumerable.Range(0, random.Next(5))
            .Select(_ => "p" + Text(random, "ab:#é\U0001F600"))
            .ToList();
        parameters.Add(Text(random, " :ab\\;@é\U0001F600"));
        return new ChatMessage("PRIVMSG", [.. parameters])
        {
            Source = random.Next(2) == 0 ? null : "n!u@h",
            Tags = [.. Enumerable.Range(0, random.Next(3)).Select(
                place => KeyValuePair.Create($"+t{place}", Text(random, " ;\\\r\n=:ab")))],
        };
    }

    private static string Text(Random random, string letters)
    {
        var runes = letters.EnumerateRunes().ToArray();
        return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => runes[random.Next(runes.Length)]));
    }

    private static ChatMessage Parse(string line)
    {
        Assert.True(ChatMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message));
        return message!;
    }
}
