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
    [InlineData("UDP://LocalHost:53", "udp://localhost:53")]
    [InlineData("udp://[::1]:53", "udp://[::1]:53")]
    [InlineData("tls://Example.com:443", "tls://example.com:443")]
    [InlineData("pipe:bank", "pipe:bank")]
    [InlineData("shm:Bank 2", "shm:Bank 2")]
    [InlineData("fd:3", "fd:3")]
    [InlineData("fd:007", "fd:7")]
    [InlineData("exec:sort", "exec:sort")]
    [InlineData("exec:sort  -r   file", "exec:sort -r file")]
    [InlineData("exec:\"my program\" \"\" \"say \"\"hi\"\"\"", "exec:\"my program\" \"\" \"say \"\"hi\"\"\"")]
    [InlineData("exec:s\"or\"t", "exec:sort")]
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
    [InlineData("udp://localhost:80", ":80")]
    [InlineData("tls://localhost:80", ":80")]
    [InlineData("pipe:a", "shm:a")]
    [InlineData("exec:a b", "exec:\"a b\"")]
    [InlineData("fd:0", "-")]
    public void Endpoints_that_differ_are_not_equal(string one, string other) =>
        Assert.NotEqual(Endpoint.Parse(one), Endpoint.Parse(other));

    [Fact]
    public void A_hyphen_is_the_standard_streams()
    {
        Assert.Equal(new StandardEndpoint(), Endpoint.Parse("-"));
        Assert.Equal("-", new StandardEndpoint().ToString());
    }

    [Fact]
    public void A_command_keeps_its_words_whatever_is_in_them()
    {
        var endpoint = ExecEndpoint.From("/bin/my echo", "a b", "", "\"", "c");

        Assert.Equal("/bin/my echo", endpoint.Program);
        Assert.Equal(["a b", "", "\"", "c"], endpoint.Arguments);
        Assert.Equal(endpoint, Endpoint.Parse(endpoint.ToString()));
    }

    [Theory]
    [InlineData("224.0.0.1", true)]
    [InlineData("239.255.255.255", true)]
    [InlineData("ff02::1", true)]
    [InlineData("223.255.255.255", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("localhost", false)]
    public void An_address_of_a_group_is_known(string host, bool isMulticast) =>
        Assert.Equal(isMulticast, new UdpEndpoint(host, 1).IsMulticast);

    [Theory]
    [InlineData("pipe:", 5)]
    [InlineData("pipe://bank", 5)]
    [InlineData("pipe:a/b", 6)]
    [InlineData("shm:..", 4)]
    [InlineData("shm:a\\b", 5)]
    [InlineData("fd:", 3)]
    [InlineData("fd:three", 3)]
    [InlineData("fd:-1", 3)]
    [InlineData("fd:99999999999", 3)]
    [InlineData("exec:", 5)]
    [InlineData("exec:\"\"", 5)]
    [InlineData("exec:a \"b", 7)]
    [InlineData("udp:localhost:80", 4)]
    [InlineData("tls://localhost", 15)]
    public void What_is_wrong_with_the_newer_schemes_is_pointed_at(string text, int position)
    {
        Assert.False(Endpoint.TryParse(text, out _, out var error));
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void A_name_that_becomes_a_file_has_its_limit()
    {
        Assert.Equal(64, new PipeEndpoint(new string('a', 64)).Name.Length);
        Assert.Throws<ArgumentException>(() => new SharedMemoryEndpoint(new string('a', 65)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DescriptorEndpoint(-1));
    }

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
