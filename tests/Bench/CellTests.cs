using Switchboard.Bench.Load.Generating;

namespace Switchboard.Bench.Tests;

public sealed class CellTests
{
    [Fact]
    public void A_cell_is_connections_and_bytes_and_depth()
    {
        Assert.True(Cell.TryParse("50x1024x16", out var cell));
        Assert.Equal(new Cell(50, 1024, 16), cell);
        Assert.Equal("50x1024x16", cell.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("50x32")]
    [InlineData("50x32x1x1")]
    [InlineData("0x32x1")]
    [InlineData("-1x32x1")]
    [InlineData("50x7x1")]
    [InlineData("50x32x0")]
    [InlineData("50 x32x1")]
    [InlineData("20000x32x1")]
    [InlineData("50x1048576x1024")]
    public void Anything_else_is_no_cell(string text)
    {
        Assert.False(Cell.TryParse(text, out _));
    }
}
