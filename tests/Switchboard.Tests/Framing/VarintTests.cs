namespace Switchboard.Tests;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(16383, "FF7F")]
    [InlineData(16384, "808001")]
    [InlineData(0x8000_0000_0000_0000, "80808080808080808001")]
    [InlineData(ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_number_has_one_spelling_the_shortest(ulong number, string expected)
    {
        var bytes = new byte[Varint.MaxBytes];

        var written = Varint.Write(number, bytes);

        Assert.Equal(expected, Convert.ToHexString(bytes[..written]));
        Assert.True(Varint.TryRead(bytes, out var read, out var width));
        Assert.Equal((number, written), (read, width));
        Assert.False(Varint.TryRead(bytes.AsSpan(0, written - 1), out _, out _));
    }
}
