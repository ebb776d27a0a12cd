using Switchboard.Cli.Configuration;
using Switchboard.Cli.Failures;

namespace Switchboard.Cli.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_may_say_everything_that_the_command_line_can()
    {
        var plan = Assert.Single(ConfigurationFile.Load(
            _folder.Write("a.json", """
                [
                  // ours
                  {
                    "serve": "echo", "listen": "tcp://127.0.0.1:7400", "framing": "lines", "maxFrame": "64K",
                    "maxConnections": 100, "maxPerAddress": 10, "idle": "1m", "drain": "3s",
                    "engine": "sockets", /* the end */
                  },
                ]
                """),
            "a.json"));

        Assert.Equal("echo", plan.Service.Name);
        Assert.Equal(new TcpEndpoint("127.0.0.1", 7400), plan.Listen);
        Assert.Equal(64 * 1024, plan.Framing!.MaxFrameBytes);
        Assert.Equal(100, plan.Limits.MaxConnections);
        Assert.Equal(10, plan.Limits.MaxConnectionsPerAddress);
        Assert.Equal(TimeSpan.FromMinutes(1), plan.Limits.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), plan.Drain);
        Assert.Equal("sockets", plan.Engine);
    }

    [Fact]
    public void An_entry_needs_no_more_than_a_service()
    {
        var plan = Assert.Single(ConfigurationFile.Load(
            _folder.Write("a.json", "\uFEFF[ { \"serve\": \"greet\" } ]"), "a.json"));

        Assert.Equal(new TcpEndpoint("localhost", 7343), plan.Listen);
        Assert.Null(plan.Framing);
        Assert.Equal(new ServerLimits(), plan.Limits);
    }

    [Theory]
    [InlineData("""{ "serve": "echo" }""", "1:1: there is an object.", "an array of entries")]
    [InlineData("[ 7 ]", "1:3: there is a number.", "an entry")]
    [InlineData("[]", "1:1: there is no entry.", "at least one entry")]
    [InlineData("""[ { "listen": ":0" } ]""", "1:3: \"serve\" is missing.", "the name of a service")]
    [InlineData("[\n  { \"serve\": \"echo\",\n    \"lisen\": \":0\" } ]", "3:5: \"lisen\" is no key.", "listen")]
    [InlineData("""[ { "serve": "echo", "serve": "echo" } ]""", "1:22: \"serve\" is there twice.", "once")]
    [InlineData("""[ { "serve": 7 } ]""", "1:14: there is a number.", "\"echo\"")]
    [InlineData("""[ { "serve": "ehco" } ]""", "1:14: there is no service 'ehco'.", "")]
    [InlineData("""[ { "serve": "echo", "listen": null } ]""", "1:32: there is null.", "\":7340\"")]
    [InlineData("""[ { "serve": "echo", "listen": "tpc://x:1" } ]""", "1:32: There is no scheme", "")]
    [InlineData("""[ { "serve": "echo", "listen": "memory:x" } ]""", "1:32: A memory endpoint lives inside", "")]
    [InlineData("""[ { "serve": "echo", "idle": "0s" } ]""", "1:30: '0s' leaves no time", "")]
    [InlineData("""[ { "serve": "echo", "maxConnections": "9" } ]""", "1:40: there is a string.", "such as 100")]
    [InlineData("""[ { "serve": "echo", "maxConnections": 0 } ]""", "1:40: '0' is not a number", "")]
    [InlineData("""[ { "serve": "echo", "maxPerAddress": 1.5 } ]""", "1:39: '1.5' is not a number", "")]
    [InlineData("""[ { "serve": "echo", "maxFrame": true } ]""", "1:34: there is true or false.", "\"64K\"")]
    [InlineData("""[ { "serve": "echo", "framing": "liens" } ]""", "1:33: 'liens' is no framing.", "")]
    [InlineData("""[ { "serve": "greet", "framing": "lines" } ]""", "1:34: greet knows no frames", "")]
    [InlineData("""[ { "serve": "echo", "idle": 30 } ]""", "1:30: there is a number.", "\"30s\"")]
    [InlineData("""[ { "serve": "echo", "drain": "soon" } ]""", "1:31: 'soon' is not a time.", "")]
    [InlineData("""[ { "serve": "echo", "engine": "select" } ]""", "1:32: 'select' is none of epoll, sockets.", "")]
    [InlineData("""[ { "serve": "echo", "engine": 1 } ]""", "1:32: there is a number.", "\"sockets\"")]
    [InlineData("[{ \"serve\": \"echo\" },\n{ \"serve\": \"echo\" }]", "2:1: tcp://localhost:7340 is", "of its own")]
    [InlineData("[\n { \"serve\": }", "2:13: this is not JSON:", "")]
    [InlineData("[ { \"serve\": \"echo\" } ] x", "1:25: this is not JSON:", "")]
    [InlineData("", "1:1: this is not JSON:", "")]
    [InlineData("[ { \"é\": 1 } ]", "1:5: \"é\" is no key.", "")]
    [InlineData("/* é */ [ 7 ]", "1:11: there is a number.", "")]
    public void A_mistake_is_pointed_at_and_what_is_expected_is_said(string text, string what, string next)
    {
        var path = _folder.Write("a.json", text);

        var failure = Assert.Throws<FailureException>(() => ConfigurationFile.Load(path, "a.json")).Failure;

        Assert.StartsWith("a.json:" + what, failure.What, StringComparison.Ordinal);
        Assert.Contains(next, failure.Next ?? "", StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
    }
}
