using System.Globalization;
using FsCheck.Fluent;

namespace Switchboard.Tests.Endpoints;

public class EndpointTests
{
    [Theory]
    [InlineData("tcp://localhost:7342", "tcp://localhost:7342")]
    [InlineData("TCP://LocalHost:7342", "tcp://localhost:7342")]
    [InlineData(":7342", "tcp://localhost:7342")]
    [InlineData(":0", "tcp://localhost:0")]
    [InlineData("example.com:7342", "tcp://example.com:7342")]
    [InlineData("example.com.:65535", "tcp://example.com.:65535")]
    [InlineData("my_database:5432", "tcp://my_database:5432")]
    [InlineData("http:80", "tcp://http:80")]
    [InlineData("tcp://fd:3", "tcp://fd:3")]
    [InlineData("3com.com:080", "tcp://3com.com:80")]
    [InlineData("10.0.0.7:80", "tcp://10.0.0.7:80")]
    [InlineData("0.0.0.0:80", "tcp://0.0.0.0:80")]
    [InlineData("[::1]:80", "tcp://[::1]:80")]
    [InlineData("tcp://[::]:0", "tcp://[::]:0")]
    [InlineData("tcp://[2001:DB8:0:0:0:0:0:1]:80", "tcp://[2001:db8::1]:80")]
    [InlineData("[::ffff:10.0.0.7]:80", "tcp://10.0.0.7:80")]
    [InlineData("[FE80::1%Eth0]:80", "tcp://[fe80::1%Eth0]:80")]
    [InlineData("[fe80::1%07]:80", "tcp://[fe80::1%7]:80")]
    [InlineData("[fe80::1%0]:80", "tcp://[fe80::1]:80")]
    [InlineData("tcp://Bücher.example:80", "tcp://xn--bcher-kva.example:80")]
    [InlineData("tcp://xn--bcher-kva.example:80", "tcp://xn--bcher-kva.example:80")]
    [InlineData("unix:/run/app.sock", "unix:/run/app.sock")]
    [InlineData("UNIX:/Run/App.sock", "unix:/Run/App.sock")]
    [InlineData("unix:///run/app.sock", "unix:/run/app.sock")]
    [InlineData("unix:./app.sock", "unix:./app.sock")]
    [InlineData("unix:app.sock", "unix:app.sock")]
    [InlineData("unix:/a path/with:80 and @", "unix:/a path/with:80 and @")]
    [InlineData("unix:(unnamed)", "unix:(unnamed)")]
    [InlineData("unix:./(unnamed)", "unix:./(unnamed)")]
    [InlineData("memory:bank", "memory:bank")]
    [InlineData("Memory:Bank 2", "memory:Bank 2")]
    [InlineData("memory:80", "memory:80")]
    public void An_endpoint_prints_in_its_canonical_spelling_which_is_equal(string text, string canonical)
    {
        var endpoint = Endpoint.Parse(text);

        Assert.Equal(canonical, endpoint.ToString());
        Assert.Equal(Endpoint.Parse(canonical), endpoint);
        Assert.StartsWith(endpoint.Scheme + ":", canonical, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(":80", ":81")]
    [InlineData(":80", "127.0.0.1:80")]
    [InlineData("memory:a", "memory:A")]
    [InlineData("memory:a", "unix:a")]
    [InlineData("unix:a", "unix:./a")]
    [InlineData("[fe80::1%eth0]:80", "[fe80::1%ETH0]:80")]
    [InlineData("unix:(unnamed)", "unix:./(unnamed)")]
    public void Endpoints_that_differ_are_not_equal(string one, string other) =>
        Assert.NotEqual(Endpoint.Parse(one), Endpoint.Parse(other));

    [Fact]
    public void What_is_printed_parses_back_to_an_equal_endpoint() =>
        SeededProperty.Check(Prop.ForAll(EndpointGen.Endpoints.ToArbitrary(), endpoint =>
        {
            var again = Endpoint.Parse(endpoint.ToString());

            Assert.Equal(endpoint, again);
            Assert.Equal(endpoint.GetHashCode(), again.GetHashCode());
            Assert.Equal(endpoint.ToString(), again.ToString());
        }), cases: 2000);

    [Fact]
    public void A_text_either_parses_or_is_refused_with_a_position_within_it() =>
        SeededProperty.Check(Prop.ForAll(EndpointGen.Texts.ToArbitrary(), text =>
        {
            if (Endpoint.TryParse(text, out var endpoint, out var error))
            {
                Assert.Equal(endpoint, Endpoint.Parse(endpoint.ToString()));
            }
            else
            {
                Assert.InRange(error.Position, 0, text.Length);
                Assert.Equal(text, error.Text);
                Assert.Equal(4, error.Message.Split('\n').Length);
                Assert.DoesNotContain(error.Message, character => char.IsControl(character) && character != '\n');
            }
        }), cases: 2000);

    [Fact]
    public void A_string_stands_for_the_endpoint_it_spells()
    {
        Endpoint endpoint = ":7342";

        Assert.Equal(new TcpEndpoint("localhost", 7342), endpoint);
    }

    [Fact]
    public void A_string_that_spells_no_endpoint_fails_where_it_is_converted() =>
        Assert.Throws<EndpointFormatException>(() => (Endpoint)"localhost");

    [Fact]
    public void Parsing_nothing_is_misuse_but_trying_to_is_an_error_handed_out()
    {
        Assert.Throws<ArgumentNullException>(() => Endpoint.Parse(null!));

        Assert.False(Endpoint.TryParse(null, out _, out var error));
        Assert.Equal("", error.Text);
    }

    [Fact]
    public void The_framework_can_parse_endpoints_whatever_the_culture()
    {
        var culture = CultureInfo.InvariantCulture;

        Assert.Equal(Endpoint.Parse(":80"), ParseGenerically<Endpoint>(":80", culture));
        Assert.True(TryParseGenerically<Endpoint>(":80", culture));
        Assert.False(TryParseGenerically<Endpoint>("80", culture));
    }

    private static T ParseGenerically<T>(string text, CultureInfo culture)
        where T : IParsable<T> => T.Parse(text, culture);

    private static bool TryParseGenerically<T>(string text, CultureInfo culture)
        where T : IParsable<T> => T.TryParse(text, culture, out _);
}
