using Switchboard.Bench.Load.Generating;
using Switchboard.Bench.Load.Planning;

namespace Switchboard.Bench.Tests;

public sealed class LoadOptionsTests
{
    [Fact]
    public void Nothing_asked_for_is_the_grid()
    {
        var options = LoadOptions.Parse([]);

        Assert.Equal("grid", options.Verb);
        Assert.Null(options.Servers);
    }

    [Fact]
    public void What_is_asked_for_is_what_is_done()
    {
        var options = LoadOptions.Parse(
            ["one", "--servers", "c-epoll,kestrel", "--cells", "1x32x1,50x64x2", "--seconds", "0.5", "--verify"]);

        Assert.Equal("one", options.Verb);
        Assert.Equal(["c-epoll", "kestrel"], options.Servers!.Select(kind => kind.Name));
        Assert.Equal([new Cell(1, 32, 1), new Cell(50, 64, 2)], options.Cells!);
        Assert.Equal(TimeSpan.FromSeconds(0.5), options.Measured);
        Assert.Equal(ByteCheck.EveryByte, options.Check);
    }

    [Fact]
    public void The_length_of_a_file_is_told_in_mebibytes()
    {
        Assert.Equal(3L * 1024 * 1024, LoadOptions.Parse(["files", "--mebibytes", "3"]).Bytes);
    }

    [Theory]
    [InlineData("--faster")]
    [InlineData("--rounds")]
    [InlineData("--rounds", "0")]
    [InlineData("--seconds", "0")]
    [InlineData("--mebibytes", "0")]
    [InlineData("--seconds", "1000000")]
    [InlineData("--cells", "many")]
    [InlineData("--servers", "nobody")]
    public void What_is_no_option_or_no_value_of_it_is_refused(params string[] arguments)
    {
        Assert.Throws<UsageException>(() => LoadOptions.Parse(arguments));
    }
}
