using System.Net;

namespace Switchboard.Tests.Endpoints;

public class TcpEndpointTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost.", true)]
    [InlineData("bank.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.1.2", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("128.0.0.1", false)]
    [InlineData("notlocalhost", false)]
    [InlineData("localhost.example.com", false)]
    public void Loopback_is_what_only_this_machine_can_reach(string host, bool isLoopback) =>
        Assert.Equal(isLoopback, new TcpEndpoint(host, 80).IsLoopback);

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("0:0:0::", true)]
    [InlineData("::ffff:0.0.0.0", true)]
    [InlineData("::1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    public void Any_address_is_recognised_in_every_spelling(string host, bool isAnyAddress) =>
        Assert.Equal(isAnyAddress, new TcpEndpoint(host, 80).IsAnyAddress);

    [Fact]
    public void A_name_has_no_address_and_nothing_is_looked_up() =>
        Assert.Null(new TcpEndpoint("localhost", 80).Address);

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1%7")]
    public void An_address_is_kept_with_its_scope(string host) =>
        Assert.Equal(IPAddress.Parse(host), new TcpEndpoint(host, 80).Address);

    [Fact]
    public void An_interface_that_this_machine_does_not_have_is_still_an_endpoint()
    {
        var endpoint = new TcpEndpoint("fe80::1%nowhere0", 80);

        Assert.Equal("tcp://[fe80::1%nowhere0]:80", endpoint.ToString());
        Assert.Equal(IPAddress.Parse("fe80::1"), endpoint.Address);
    }

    [Theory]
    [InlineData("10.0.0.7", "tcp://10.0.0.7:80")]
    [InlineData("::ffff:10.0.0.7", "tcp://10.0.0.7:80")]
    [InlineData("::1", "tcp://[::1]:80")]
    [InlineData("fe80::1%7", "tcp://[fe80::1%7]:80")]
    public void A_socket_address_becomes_an_endpoint(string address, string expected) =>
        Assert.Equal(expected, TcpEndpoint.From(new IPEndPoint(IPAddress.Parse(address), 80)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("[::1]")]
    [InlineData("::1/64")]
    [InlineData("a b")]
    [InlineData("localhost:80")]
    [InlineData("1.2.3")]
    public void A_host_that_could_not_be_parsed_cannot_be_constructed_either(string host)
    {
        Assert.Throws<ArgumentException>(() => new TcpEndpoint(host, 80));
        Assert.Throws<ArgumentException>(() => new TcpEndpoint("localhost", 80) with { Host = host });
    }

    [Fact]
    public void A_host_is_canonical_however_it_is_set() =>
        Assert.Equal("example.com", (new TcpEndpoint("localhost", 80) with { Host = "EXAMPLE.com" }).Host);

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_port_is_checked_however_it_is_set(int port)
    {
        var endpoint = new TcpEndpoint("localhost", 80);

        Assert.Throws<ArgumentOutOfRangeException>(() => new TcpEndpoint("localhost", port));
        Assert.Throws<ArgumentOutOfRangeException>(() => endpoint with { Port = port });
        Assert.Throws<ArgumentOutOfRangeException>(() => endpoint.WithPort(port));
    }

    [Fact]
    public void Another_port_leaves_the_host_as_it_is() =>
        Assert.Equal(new TcpEndpoint("::1", 81), new TcpEndpoint("::1", 80).WithPort(81));

    [Fact]
    public void Names_are_as_long_as_DNS_allows_and_no_longer()
    {
        var label = new string('a', 63);
        var longest = $"{label}.{label}.{label}.{label[..61]}";

        Assert.Equal(253, new TcpEndpoint(longest, 80).Host.Length);
        Assert.Equal(254, new TcpEndpoint(longest + ".", 80).Host.Length);
        Assert.Throws<ArgumentException>(() => new TcpEndpoint(longest + "a", 80));
        Assert.Throws<ArgumentException>(() => new TcpEndpoint(label + "a", 80));
    }

    [Fact]
    public void The_length_of_a_Unicode_name_is_the_one_of_its_ASCII_form()
    {
        var label = new string('a', 63);
        var longest = $"ü.{label}.{label}.{label}.{label[..53]}";

        Assert.Equal(253, new TcpEndpoint(longest, 80).Host.Length);
        Assert.Throws<ArgumentException>(() => new TcpEndpoint(longest + "a", 80));
    }

    [Fact]
    public void A_Unicode_name_is_stored_in_its_ASCII_form() =>
        Assert.Equal("xn--bcher-kva.example", new TcpEndpoint("BÜCHER.example", 80).Host);

    [Theory]
    [InlineData("１２７.0.0.1")]
    [InlineData("127。0。0。1")]
    [InlineData("bücher。example")]
    public void A_name_that_would_be_folded_into_another_is_refused(string host) =>
        Assert.Throws<ArgumentException>(() => new TcpEndpoint(host, 80));
}
