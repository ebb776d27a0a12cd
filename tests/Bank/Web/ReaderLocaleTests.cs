using Bank.Web.Reading;

namespace Bank.Tests.Web;

public sealed class ReaderLocaleTests
{
    [Theory]
    [InlineData(null, "en-GB")]
    [InlineData("", "en-GB")]
    [InlineData("xx", "en-GB")]
    [InlineData("de", "de-DE")]
    [InlineData("DE-ch, de;q=0.9", "de-CH")]
    [InlineData("de-LU", "de-DE")]
    [InlineData("en;q=0.5, fr-FR;q=0.9", "fr-FR")]
    [InlineData("xx, sv;q=0.2, fr;q=0", "sv-SE")]
    [InlineData(";;;=,,,\"<script>", "en-GB")]
    public void A_reader_gets_the_row_of_the_language_they_like_best(string? header, string tag)
    {
        Assert.Equal(tag, ReaderLocale.For(header).Tag);
    }

    [Theory]
    [InlineData("en-GB", "−€1,234,567.05", "29 Nov 2026")]
    [InlineData("en-US", "−€1,234,567.05", "Nov 29, 2026")]
    [InlineData("en-IN", "−€12,34,567.05", "29 Nov 2026")]
    [InlineData("de-DE", "−1.234.567,05\u00A0€", "29.11.2026")]
    [InlineData("de-CH", "−€\u00A01’234’567.05", "29.11.2026")]
    [InlineData("fr-FR", "−1\u202F234\u202F567,05\u00A0€", "29/11/2026")]
    [InlineData("sv-SE", "−1\u00A0234\u00A0567,05\u00A0€", "2026-11-29")]
    public void Sums_and_days_are_written_as_the_reader_writes_them(string tag, string sum, string day)
    {
        var locale = ReaderLocale.For(tag);

        Assert.Equal(sum, locale.ShowMoney(-1_234_567_05, "EUR"));
        Assert.Equal(day, locale.Show(new DateOnly(2026, 11, 29)));
    }

    [Theory]
    [InlineData("en-GB", "1,234.50", 123450)]
    [InlineData("en-GB", "1234.5", 123450)]
    [InlineData("en-GB", " 7 ", 700)]
    [InlineData("en-GB", "9,999,999,999,999.99", 999999999999999)]
    [InlineData("en-IN", "12,34,567.89", 123456789)]
    [InlineData("de-DE", "1.234,5", 123450)]
    [InlineData("de-DE", "1.234", 123400)]
    [InlineData("de-CH", "1'234.50", 123450)]
    [InlineData("fr-FR", "1 234,50", 123450)]
    [InlineData("fr-FR", "1\u00A0234,50", 123450)]
    public void Sums_are_read_as_the_reader_writes_them(string tag, string text, long minorUnits)
    {
        Assert.True(ReaderLocale.For(tag).TryReadAmount(text, out var amount));
        Assert.Equal(minorUnits, amount);
    }

    [Theory]
    [InlineData("en-GB", "1,23")]
    [InlineData("en-GB", "1.234,50")]
    [InlineData("en-GB", "1.005")]
    [InlineData("en-GB", "1.")]
    [InlineData("en-GB", ".5")]
    [InlineData("en-GB", "-1")]
    [InlineData("en-GB", "1 000")]
    [InlineData("en-GB", "１")]
    [InlineData("en-GB", "12345678901234")]
    [InlineData("de-DE", "1.25")]
    [InlineData("de-DE", "1,234.50")]
    [InlineData("en-IN", "1,234,567")]
    public void What_could_mean_another_sum_is_not_read(string tag, string text)
    {
        Assert.False(ReaderLocale.For(tag).TryReadAmount(text, out _));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (var tag in (string[])["en-GB", "en-IN", "de-DE", "de-CH", "de-AT", "fr-FR", "sv-SE", "es-MX"])
        {
            for (var minorUnits = 1L; minorUnits < 100_000_000_000_000; minorUnits = (minorUnits * 7) + 3)
            {
                var locale = ReaderLocale.For(tag);
                Assert.True(locale.TryReadAmount(locale.ShowNumber(minorUnits), out var read), $"{tag} {minorUnits}");
                Assert.Equal(minorUnits, read);
            }
        }
    }
}
