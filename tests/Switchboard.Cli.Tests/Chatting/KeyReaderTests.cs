using System.Text;
using Switchboard.Cli.Chatting;

namespace Switchboard.Cli.Tests.Chatting;

public sealed class KeyReaderTests
{
    private static readonly (string Bytes, Key Key)[] Keys =
    [
        ("a", new Key(KeyKind.Letter, "a")), ("é", new Key(KeyKind.Letter, "é")), ("🙂", new Key(KeyKind.Letter, "🙂")),
        ("\r", new Key(KeyKind.Enter)), ("\t", new Key(KeyKind.Tab)), ("\x7F", new Key(KeyKind.Backspace)),
        ("\x01", new Key(KeyKind.Control, "a")), ("\e[A", new Key(KeyKind.Up)), ("\eOB", new Key(KeyKind.Down)),
        ("\e[5~", new Key(KeyKind.PageUp)), ("\e[1;5D", new Key(KeyKind.WordLeft)), ("\e3", new Key(KeyKind.Alt, "3")),
        ("\e[200~two\r\nlines\e[A\e[201~", new Key(KeyKind.Paste, "two\nlines\e[A")),
    ];

    [Fact]
    public void Keys_are_the_same_however_the_bytes_were_cut()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Keys.Select(each => each.Bytes)));
        for (var split = 0; split <= bytes.Length; split++)
        {
            var reader = new KeyReader();

            IReadOnlyList<Key> keys = [.. reader.Append(bytes.AsSpan(0, split)), .. reader.Append(bytes.AsSpan(split))];

            Assert.Equal(Keys.Select(each => each.Key), keys);
        }
    }

    [Fact]
    public void The_escape_key_alone_is_known_when_nothing_comes_behind_it()
    {
        var reader = new KeyReader();

        Assert.Empty(reader.Append("\e"u8));
        Assert.Equal([new Key(KeyKind.Escape)], reader.Settle());
        Assert.Empty(reader.Settle());
    }

    [Fact]
    public void A_paste_without_an_end_is_not_kept_without_a_limit()
    {
        var reader = new KeyReader();
        reader.Append("\e[200~"u8);
        for (var count = 0; count < 100; count++)
        {
            Assert.Empty(reader.Append(Encoding.UTF8.GetBytes(new string('x', 10_000))));
        }

        var paste = Assert.Single(reader.Append("\e[201~"u8));

        Assert.Equal(KeyReader.MaxPasteBytes, paste.Text.Length);
    }

    [Fact]
    public void A_sequence_that_is_not_known_is_left_out() =>
        Assert.Equal([new Key(KeyKind.Letter, "x")], new KeyReader().Append("\e[38;5~\e[?1;2cx"u8));
}
