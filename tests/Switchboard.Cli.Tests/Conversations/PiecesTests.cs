using System.Text;
using Switchboard.Cli.Conversations;

namespace Switchboard.Cli.Tests.Conversations;

public sealed class PiecesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("a\n\nb\n", new[] { "a", "", "b" })]
    public async Task Lines_come_out_however_the_bytes_were_cut(string text, string[] lines)
    {
        for (var cut = 0; cut <= text.Length; cut++)
        {
            Assert.Equal(lines, await ReadAsync(new LinePieces(new CutText(text[..cut], text[cut..]), 10)));
        }
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a\nb", new[] { "a\n", "b" })]
    [InlineData("a\n\nb\n", new[] { "a\n", "\n", "b\n" })]
    public async Task Datagrams_are_lines_with_their_line_feeds(string text, string[] datagrams)
    {
        for (var cut = 0; cut <= text.Length; cut++)
        {
            Assert.Equal(datagrams, await ReadAsync(new DatagramLines(new CutText(text[..cut], text[cut..]))));
        }
    }

    [Theory]
    [InlineData("a\nb\n", "a\r\nb\r\n")]
    [InlineData("a\r\nb\n\n", "a\r\nb\r\n\r\n")]
    public async Task Line_feeds_get_a_carriage_return_however_the_bytes_were_cut(string text, string converted)
    {
        for (var cut = 0; cut <= text.Length; cut++)
        {
            var pieces = await ReadAsync(new CrlfPieces(new CutText(text[..cut], text[cut..])));
            Assert.Equal(converted, string.Concat(pieces));
        }
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_before_it_ends()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => ReadAsync(new LinePieces(new CutText("abc", "def"), maxLineBytes: 5)));
    }

    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("ends\r\nthere", "ends\nthere")]
    [InlineData("a\rb\e[2J\a", @"a\rb\e[2J\x07")]
    [InlineData("caf\u00e9 \u20ac", "caf\u00e9 \u20ac")]
    [InlineData("\r", @"\r")]
    public void A_terminal_sees_the_same_text_however_the_bytes_were_cut(string sent, string shown)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var text = new TerminalText();
            Assert.Equal(shown, text.Append(bytes.AsSpan(0, cut)) + text.Append(bytes.AsSpan(cut)) + text.Finish());
        }
    }

    [Fact]
    public void A_dump_shows_sixteen_bytes_a_line_and_goes_on_counting()
    {
        var dump = new HexDump('>');
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var lines = (dump.Show("0123456789abcdefg"u8, time) + "\n" + dump.Show("\n"u8, time)).Split('\n');

        Assert.Equal(
            "> 03:04:05.000000 00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef", lines[0]);
        Assert.StartsWith("> 03:04:05.000000 00000010  67  ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("> 03:04:05.000000 00000011  0a  ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(" .", lines[2], StringComparison.Ordinal);
    }

    private static async Task<string[]> ReadAsync(IPieces pieces)
    {
        var all = new List<string>();
        await foreach (var piece in pieces.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            all.Add(Encoding.UTF8.GetString(piece.Span));
        }

        return [.. all];
    }

    private sealed class CutText(params string[] parts) : IPieces
    {
        public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopping)
        {
            foreach (var part in parts)
            {
                await Task.Yield();
                yield return Encoding.UTF8.GetBytes(part);
            }
        }
    }
}
