using Switchboard.Cli.Output;

namespace Switchboard.Cli.Tests.Output;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(9_999, "9999 B")]
    [InlineData(10_000, "9.77 KiB")]
    [InlineData(1_572_864, "1.5 MiB")]
    [InlineData(120_000_000, "114 MiB")]
    [InlineData(long.MaxValue, "8 EiB")]
    public void Few_bytes_are_exact_and_many_have_three_digits(long bytes, string shown)
    {
        Assert.Equal(shown, ByteText.Show(bytes));
    }
}
