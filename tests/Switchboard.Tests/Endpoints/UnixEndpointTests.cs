using System.Net.Sockets;
using System.Text;

namespace Switchboard.Tests.Endpoints;

public class UnixEndpointTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("ü")]
    [InlineData("日")]
    public void A_path_may_fill_the_socket_address_and_is_refused_where_it_overflows(string character)
    {
        var bytesEach = Encoding.UTF8.GetByteCount(character);
        var fitting = (UnixEndpoint.MaxPathBytes - 1) / bytesEach;
        var longest = "/" + string.Concat(Enumerable.Repeat(character, fitting));

        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse($"unix:{longest}{character}"));

        Assert.Equal(longest, new UnixEndpoint(longest).Path);
        Assert.Equal("unix:".Length + longest.Length, error.Position);
        Assert.Contains($"{1 + ((fitting + 1) * bytesEach)} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains($"hold {UnixEndpoint.MaxPathBytes}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_is_the_one_of_the_system()
    {
        var longest = new UnixDomainSocketEndPoint(new string('a', UnixEndpoint.MaxPathBytes));

        Assert.Equal(longest.ToString(), UnixEndpoint.From(longest).Path);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new UnixDomainSocketEndPoint(new string('a', UnixEndpoint.MaxPathBytes + 2)));
    }

    [Theory]
    [InlineData("//run/app.sock", "/run/app.sock")]
    [InlineData("///", "/")]
    [InlineData("/run//app.sock", "/run//app.sock")]
    public void Slashes_at_the_start_count_as_one(string path, string expected)
    {
        var endpoint = new UnixEndpoint(path);

        Assert.Equal(expected, endpoint.Path);
        Assert.Equal(endpoint, Endpoint.Parse(endpoint.ToString()));
    }

    [Fact]
    public void Slashes_that_are_dropped_do_not_count_as_bytes()
    {
        var longest = "/" + new string('a', UnixEndpoint.MaxPathBytes - 1);

        Assert.Equal(longest, new UnixEndpoint("///" + longest).Path);
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse($"unix://{longest}a"));
        Assert.Equal("unix://".Length + longest.Length, error.Position);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@app")]
    [InlineData("/tmp/a\0b")]
    [InlineData("/tmp/app.sock ")]
    public void A_path_that_could_not_be_parsed_cannot_be_constructed_either(string path)
    {
        Assert.Throws<ArgumentException>(() => new UnixEndpoint(path));
        Assert.Throws<ArgumentException>(() => new UnixEndpoint("/tmp/app.sock") with { Path = path });
    }

    [Fact]
    public void A_peer_without_a_name_is_shown_as_one()
    {
        Assert.True(UnixEndpoint.Unnamed.IsUnnamed);
        Assert.Equal("unix:(unnamed)", UnixEndpoint.Unnamed.ToString());
        Assert.False(new UnixEndpoint("./(unnamed)").IsUnnamed);
    }

    [Theory]
    [InlineData("/run/app.sock", "unix:/run/app.sock")]
    [InlineData("\0abstract", "unix:(unnamed)")]
    [InlineData("/tmp/a\nb", "unix:(unnamed)")]
    public void A_peer_is_shown_whatever_name_it_chose(string path, string expected) =>
        Assert.Equal(expected, UnixEndpoint.From(new UnixDomainSocketEndPoint(path)).ToString());
}
