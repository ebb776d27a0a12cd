namespace Switchboard.Tests.Endpoints;

public class EndpointFormatExceptionTests
{
    [Theory]

    // Nothing, or nothing visible.
    [InlineData("", 0, "cannot be empty")]
    [InlineData("   ", 0, "white space")]
    [InlineData(" :80", 0, "white space")]
    [InlineData(":80 ", 3, "white space")]
    [InlineData(":80\n", 3, "control character")]
    [InlineData("tcp://local host:80", 11, "white space")]
    [InlineData("memory:a\u001b[2J", 8, "control character")]

    // Schemes.
    [InlineData("tpc://localhost:80", 0, "Did you mean \"tcp\"?")]
    [InlineData("tpc:localhost:80", 0, "Did you mean \"tcp\"?")]
    [InlineData("unx:/tmp/app.sock", 0, "Did you mean \"unix\"?")]
    [InlineData("memroy:bank", 0, "Did you mean \"memory\"?")]
    [InlineData("http://localhost:80", 0, "An endpoint says where, not what is spoken there. Write tcp://host:port")]
    [InlineData("gopher://localhost:70", 0, "The schemes are tcp, udp, tls, unix, pipe, shm, memory, exec and fd.")]
    [InlineData("file:/tmp/app.sock", 0, "There is no scheme \"file\".")]
    [InlineData("FD:x", 3, "Write fd:number")]
    [InlineData("--", 2, "port is missing")]
    [InlineData("/tmp/app.sock", 0, "Write unix:/path")]
    [InlineData("./app.sock", 0, "Write unix:/path")]

    // Shape.
    [InlineData("tcp:localhost:80", 4, "two slashes")]
    [InlineData("tcp:/localhost:80", 4, "two slashes")]
    [InlineData("tcp://localhost:80/path", 18, "ends with its port")]
    [InlineData("localhost:80?x", 12, "ends with its port")]
    [InlineData("tcp://user@host:80", 10, "no user")]
    [InlineData("user:password@host:80", 13, "no user")]

    // Ports.
    [InlineData("localhost", 9, "port is missing")]
    [InlineData("localhost:", 10, "port is missing")]
    [InlineData("tcp://[::1]", 11, "port is missing")]
    [InlineData("7342", 4, "such as :7342")]
    [InlineData(":", 1, "port is missing")]
    [InlineData("localhost:http", 10, "\"http\" is not a number")]
    [InlineData("localhost:8o80", 11, "is not a number")]
    [InlineData("localhost:-1", 10, "is not a number")]
    [InlineData("localhost:80:81", 12, "is not a number")]
    [InlineData("localhost:٣", 10, "is not a number")]
    [InlineData("localhost:65536", 10, "from 0 to 65535")]
    [InlineData("localhost:99999999999999999999", 10, "from 0 to 65535")]
    [InlineData(":65536", 1, "from 0 to 65535")]

    // Hosts.
    [InlineData("tcp://:80", 6, "host is missing")]
    [InlineData("tcp://", 6, "host is missing")]
    [InlineData("a..b:80", 2, "between two dots")]
    [InlineData("a.-b:80", 2, "hyphen")]
    [InlineData("a.b-:80", 3, "hyphen")]
    [InlineData("tcp://a*b:80", 7, "\"*\" cannot be in a name")]
    [InlineData("tcp://bü*cher:80", 6, "exactly one ASCII name")]
    [InlineData("256.0.0.1:80", 0, "four numbers from 0 to 255")]
    [InlineData("127.1:80", 0, "four numbers from 0 to 255")]
    [InlineData("010.0.0.1:80", 0, "without leading zeros")]
    [InlineData("2130706433:80", 0, "four numbers from 0 to 255")]
    [InlineData("0x7f000001:80", 0, "four numbers from 0 to 255")]
    [InlineData("a.5:80", 0, "no name ends in a number")]

    // IPv6.
    [InlineData("::1:80", 0, "Write tcp://[::1]:80.")]
    [InlineData("tcp://::1:80", 6, "Write tcp://[::1]:80.")]
    [InlineData("::1", 0, "Write tcp://[::1]:7342.")]
    [InlineData("fe80::1%eth0:80", 0, "Write tcp://[fe80::1%eth0]:80.")]
    [InlineData("fd::1:80", 0, "Write tcp://[fd::1]:80.")]
    [InlineData("2001:db8::beef", 0, "Write tcp://[2001:db8::beef]:7342.")]
    [InlineData("[::1:80", 0, "never closed")]
    [InlineData("tcp://[::1", 6, "never closed")]
    [InlineData("[::1]80", 5, "a colon and the port")]
    [InlineData("[127.0.0.1]:80", 1, "Between brackets")]
    [InlineData("[::g]:80", 1, "is not an IPv6 address")]
    [InlineData("[::1%]:80", 5, "network interface")]
    [InlineData("[::1%e*]:80", 6, "network interface")]

    // Unix domain sockets, memory.
    [InlineData("unix:", 5, "path is missing")]
    [InlineData("unix://", 5, "no slashes")]
    [InlineData("unix://tmp/app.sock", 5, "no slashes")]
    [InlineData("unix:@app", 5, "any program here can take or reach them")]
    [InlineData("unix:/tmp/a\0b", 11, "control character")]
    [InlineData("unix: /tmp/app.sock", 5, "white space")]
    [InlineData("memory:", 7, "name is missing")]
    [InlineData("memory://bank", 7, "no slashes")]
    public void A_mistake_is_refused_at_its_place_and_explained(string text, int position, string explanation)
    {
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse(text));

        Assert.Equal(text, error.Text);
        Assert.Equal(position, error.Position);
        Assert.Contains(explanation, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused_because_UTF8_would_change_it()
    {
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse("memory:a\ud83d"));

        Assert.Equal(8, error.Position);
        Assert.Contains("""memory:a\u{D83D}""", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_points_at_the_place()
    {
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse("tcp://localhost:8o80"));

        Assert.Equal(
            "\"8o80\" is not a number.\n"
            + "  \"tcp://localhost:8o80\"\n"
            + "                    ^\n"
            + "A port is a number from 0 to 65535, as in tcp://localhost:7342.",
            error.Message);
    }

    [Fact]
    public void What_would_act_on_a_terminal_is_shown_escaped_and_the_caret_still_points_at_its_place()
    {
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse("a\u202eb\tc\u001b[31m:80"));

        var lines = error.Message.Split('\n');
        Assert.Equal("""  "a\u{202E}b\tc\u{1B}[31m:80" """.TrimEnd(), lines[1]);
        Assert.Equal(PlaceOf(@"\t", lines[1]), PlaceOf("^", lines[2]));
    }

    [Fact]
    public void A_long_text_is_cut_to_what_is_near_the_place()
    {
        var error = Assert.Throws<EndpointFormatException>(
            () => Endpoint.Parse($"memory:{new string('a', 5000)}\t{new string('b', 5000)}"));

        var lines = error.Message.Split('\n');
        Assert.StartsWith("  \"…aaa", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("bbb…\"", lines[1], StringComparison.Ordinal);
        Assert.Equal(PlaceOf(@"\t", lines[1]), PlaceOf("^", lines[2]));
        Assert.InRange(error.Message.Length, 0, 300);
        Assert.Equal(5007, error.Position);
    }

    [Fact]
    public void A_long_part_of_the_text_is_cut_where_it_is_quoted()
    {
        var error = Assert.Throws<EndpointFormatException>(() => Endpoint.Parse($"{new string('z', 100_000)}://a"));

        Assert.InRange(error.Message.Length, 0, 400);
    }

    private static int PlaceOf(string part, string line) => line.IndexOf(part, StringComparison.Ordinal);
}
