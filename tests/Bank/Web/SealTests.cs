using Bank.Web.Visits;
using Switchboard.Testing;

namespace Bank.Tests.Web;

public sealed class SealTests
{
    private readonly ManualClock _clock = new();
    private readonly byte[] _key = [.. Enumerable.Range(0, Seal.KeyBytes).Select(each => (byte)each)];

    private Seal Seal => new(_key, _clock);

    [Fact]
    public void What_was_sealed_is_opened_by_its_owner_on_every_server_with_the_key()
    {
        var text = Seal.Close(new Note("tea"), "ada");

        Assert.True(new Seal(_key, _clock).TryOpen<Note>(text, "ada", out var note));
        Assert.Equal(new Note("tea"), note);
        Assert.DoesNotContain("tea", text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_opens_for_nobody_else_for_nothing_else_and_with_no_other_key()
    {
        var text = Seal.Close(new Note("tea"), "ada");

        Assert.False(Seal.TryOpen<Note>(text, "grace", out _));
        Assert.False(Seal.TryOpen<string>(text, "ada", out _));
        Assert.False(new Seal(new byte[Seal.KeyBytes], _clock).TryOpen<Note>(text, "ada", out _));
    }

    [Fact]
    public void It_opens_for_an_hour()
    {
        var text = Seal.Close(new Note("tea"), "ada");

        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(Seal.TryOpen<Note>(text, "ada", out _));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(Seal.TryOpen<Note>(text, "ada", out _));
    }

    [Fact]
    public void A_text_with_any_letter_changed_does_not_open()
    {
        var text = Seal.Close(new Note("tea"), "ada");

        for (var place = 0; place < text.Length - 1; place++)
        {
            var changed = $"{text[..place]}{(text[place] == 'A' ? 'B' : 'A')}{text[(place + 1)..]}";
            Assert.False(Seal.TryOpen<Note>(changed, "ada", out _), changed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("Ä")]
    public void Nonsense_does_not_open(string text)
    {
        Assert.False(Seal.TryOpen<Note>(text, "ada", out _));
        Assert.False(Seal.TryOpen<Note>(new string('A', 10_000) + text, "ada", out _));
    }

    [Fact]
    public async Task The_key_in_a_folder_is_the_same_for_all_who_start_there_together_and_later()
    {
        var folder = Directory.CreateTempSubdirectory("bank-seal-").FullName;

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SealKey.Ensure(folder))));

        Assert.All(keys, key => Assert.Equal(SealKey.Ensure(folder), key));
        Assert.Equal(["seal.key"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Directory.Delete(folder, recursive: true);
    }

    private sealed record Note(string Text);
}
