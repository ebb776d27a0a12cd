using System.Net;
using Switchboard.Board.Kernel;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Holders;

public sealed class TcpTableTests
{
    private const string Heading =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    [Fact]
    public void A_listener_is_read()
    {
        var row = Assert.Single(TcpTable.Parse(Heading
            + "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 51166 1 "
            + "000000003d2afda4 100 0 0 10 0\n"));

        Assert.Equal(
            new TcpRow(
                IPEndPoint.Parse("127.0.0.1:8080"), IPEndPoint.Parse("0.0.0.0:0"), SocketState.Listen, 1000, 51166),
            row);
    }

    [Fact]
    public void An_IPv6_connection_is_read()
    {
        var row = Assert.Single(TcpTable.Parse(
            "   1: B80D0120000000000000000001000000:0050 B80D01200000000000000000FE000000:C350 01 "
            + "00000000:00000000 00:00000000 00000000     0        0 7 1 0 100 0 0 10 0"));

        Assert.Equal(IPEndPoint.Parse("[2001:db8::1]:80"), row.Local);
        Assert.Equal(IPEndPoint.Parse("[2001:db8::fe]:50000"), row.Remote);
        Assert.Equal(SocketState.Established, row.State);
    }

    [Fact]
    public void A_connection_in_TIME_WAIT_belongs_to_no_process()
    {
        var row = Assert.Single(TcpTable.Parse(
            "   2: 0100007F:1F90 0100007F:9C40 06 00000000:00000000 03:00000DF2 00000000     0        0 0 3 "
            + "0000000000000000\n"));

        Assert.Equal(SocketState.TimeWait, row.State);
        Assert.Equal(0, row.Inode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Heading)]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A")]
    [InlineData("   0: 0100007G:1F90 00000000:0000 0A 0:0 0:0 0 0 0 7")]
    [InlineData("   0: 0100007F1F90 00000000:0000 0A 0:0 0:0 0 0 0 7")]
    [InlineData("   0: 0100007F:1F90FF 00000000:0000 0A 0:0 0:0 0 0 0 7")]
    [InlineData("   0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 me 0 7")]
    public void A_line_that_describes_no_socket_is_passed_over(string text)
    {
        Assert.Empty(TcpTable.Parse(text));
    }

    [Fact]
    public void A_state_of_a_later_kernel_is_unknown()
    {
        var row = Assert.Single(TcpTable.Parse("   0: 0100007F:1F90 00000000:0000 63 0:0 0:0 0 0 0 7"));

        Assert.Equal(SocketState.Unknown, row.State);
    }
}
