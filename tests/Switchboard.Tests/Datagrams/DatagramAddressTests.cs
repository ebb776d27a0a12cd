using System.Net;

namespace Switchboard.Tests.Datagrams;

public sealed class DatagramAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", 7342, "udp://127.0.0.1:7342")]
    [InlineData("255.1.2.3", 0, "udp://255.1.2.3:0")]
    [InlineData("::1", 65535, "udp://[::1]:65535")]
    [InlineData("fe80::1%1", 9, "udp://[fe80::1%1]:9")]
    [InlineData("2001:db8:1:2:3:4:5:6", 9, "udp://[2001:db8:1:2:3:4:5:6]:9")]
    [InlineData("::ffff:10.0.0.1", 9, "udp://10.0.0.1:9")]
    public void An_address_stays_what_it_is(string address, int port, string text)
    {
        DatagramAddress sent = new IPEndPoint(IPAddress.Parse(address), port);

        Assert.Equal(text, sent.ToString());
        Assert.Equal(sent, DatagramAddress.FromIPEndPoint(sent.ToIPEndPoint()));
        Assert.Equal(sent, DatagramAddress.From(sent.ToEndpoint()));
        Assert.Equal(port, sent.Port);
    }

    [Fact]
    public void Equal_addresses_are_one_key()
    {
        var peers = new HashSet<DatagramAddress>
        {
            new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 1), new(IPAddress.Loopback, 2),
            new(IPAddress.IPv6Loopback, 1), new(IPAddress.Loopback.MapToIPv6(), 1),
        };

        Assert.Equal(3, peers.Count);
    }

    [Fact]
    public void A_name_is_no_address()
    {
        var error = Assert.Throws<ArgumentException>(() => DatagramAddress.From(new UdpEndpoint("example.com", 9)));

        Assert.Contains("GetHostAddressesAsync", error.Message, StringComparison.Ordinal);
    }
}
