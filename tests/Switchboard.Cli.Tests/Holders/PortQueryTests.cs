using System.Net;
using Switchboard.Cli.Holders;

namespace Switchboard.Cli.Tests.Holders;

public sealed class PortQueryTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:80")]
    [InlineData("127.0.0.1", "0.0.0.0:80")]
    [InlineData("127.0.0.1", "[::]:80")]
    [InlineData("127.0.0.1", "[::ffff:127.0.0.1]:80")]
    [InlineData("0.0.0.0", "10.0.0.7:80")]
    [InlineData("::", "10.0.0.7:80")]
    [InlineData("::1", "[::1]:80")]
    [InlineData("::1", "[::]:80")]
    [InlineData(null, "10.0.0.7:80")]
    public void A_socket_in_the_way_is_found(string? asked, string held)
    {
        Assert.True(QueryFor(asked).Concerns(IPEndPoint.Parse(held)));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:81")]
    [InlineData("127.0.0.1", "127.0.0.2:80")]
    [InlineData("127.0.0.1", "[::1]:80")]
    [InlineData("::1", "0.0.0.0:80")]
    [InlineData(null, "10.0.0.7:81")]
    public void A_socket_elsewhere_is_not(string? asked, string held)
    {
        Assert.False(QueryFor(asked).Concerns(IPEndPoint.Parse(held)));
    }

    private static PortQuery QueryFor(string? asked) => new(80, asked is null ? null : [IPAddress.Parse(asked)]);
}
