using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Holders;

public sealed class UnixTableTests
{
    private const string Heading = "Num       RefCount Protocol Flags    Type St Inode Path\n";

    [Theory]
    [InlineData("00010000 0001 01", SocketState.Listen)]
    [InlineData("00000000 0001 03", SocketState.Established)]
    [InlineData("00000000 0001 01", SocketState.Bound)]
    [InlineData("00000000 0002 07", SocketState.Bound)]
    public void The_state_comes_from_the_flags_and_the_state(string columns, object state)
    {
        var row = Assert.Single(UnixTable.Parse(
            $"{Heading}00000000fd1bafcf: 00000002 00000000 {columns} 171802 /run/app.sock\n"));

        Assert.Equal(new UnixRow("/run/app.sock", (SocketState)state, 171802), row);
    }

    [Fact]
    public void A_path_may_hold_spaces()
    {
        var row = Assert.Single(UnixTable.Parse(
            "00000000fd1bafcf: 00000002 00000000 00010000 0001 01     7 /tmp/my own  app.sock\n"));

        Assert.Equal("/tmp/my own  app.sock", row.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Heading)]
    [InlineData("000000000d846fe7: 00000003 00000000 00000000 0001 03 174886\n")]
    [InlineData("000000000d846fe7: 00000002 00000000 00010000 0001 01 174886 @abstract\n")]
    [InlineData("000000000d846fe7: 00000002 00000000 0001000G 0001 01 174886 /run/app.sock\n")]
    public void A_line_without_a_path_in_the_file_system_is_passed_over(string text)
    {
        Assert.Empty(UnixTable.Parse(text));
    }
}
