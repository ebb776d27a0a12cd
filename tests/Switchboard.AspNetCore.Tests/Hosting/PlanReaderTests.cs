using Microsoft.Extensions.Configuration;
using Switchboard.AspNetCore.Hosting;

namespace Switchboard.AspNetCore.Tests.Hosting;

public sealed class PlanReaderTests
{
    [Fact]
    public void Everything_that_a_section_says_is_in_the_plan()
    {
        var plan = Read(
            ("Endpoint", "tcp://localhost:7342"), ("Engine", "Sockets"), ("Backlog", "5"),
            ("DrainTimeout", "00:00:07"), ("Limits:MaxConnections", "11"), ("Limits:MaxConnectionsPerAddress", "12"),
            ("Limits:IdleTimeout", "infinite"), ("Limits:FrameTimeout", "00:01:00"),
            ("Limits:MinFrameBytesPerSecond", "0"), ("Limits:RateGrace", "00:00:02"),
            ("limits:sendtimeout", "00:00:03"));

        Assert.Equal("tcp://localhost:7342", $"{plan.Endpoint}");
        Assert.Equal(
            (Engine.Sockets, 5, TimeSpan.FromSeconds(7)),
            (plan.Options.Listen.Engine, plan.Options.Listen.Backlog, plan.Options.DrainTimeout));
        Assert.Equal(
            new ServerLimits
            {
                MaxConnections = 11,
                MaxConnectionsPerAddress = 12,
                IdleTimeout = Timeout.InfiniteTimeSpan,
                FrameTimeout = TimeSpan.FromMinutes(1),
                MinFrameBytesPerSecond = 0,
                RateGrace = TimeSpan.FromSeconds(2),
                SendTimeout = TimeSpan.FromSeconds(3),
            },
            plan.Options.Limits);
    }

    [Fact]
    public void What_a_section_does_not_say_is_as_the_program_has_it()
    {
        var options = new ServerOptions { DrainTimeout = TimeSpan.Zero, Limits = new() { MaxConnections = 4 } };
        var plan = PlanReader.Read(Section(("Endpoint", ":7342")), options);
        Assert.Equal((options.DrainTimeout, options.Limits), (plan.Options.DrainTimeout, plan.Options.Limits));
    }

    [Theory]
    [InlineData("Endpoint", "nonsense:", "Configuration Echo:Endpoint: where to listen is needed")]
    [InlineData("Engine", "fast", "Configuration Echo:Engine: it is epoll or sockets.")]
    [InlineData("Backlog", "many", "Configuration Echo:Backlog: \"many\" is not a whole number.")]
    [InlineData("Limits:IdleTimeout", "soon", "Configuration Echo:Limits:IdleTimeout: \"soon\" is not a time")]
    [InlineData("Limits:MaxConections", "5", "Configuration Echo:Limits:MaxConections: nothing is called so")]
    [InlineData("Tls:Certificate", "a.pem", "Configuration Echo:Tls:Certificate: it needs Key beside it")]
    [InlineData("Port", "80", "Configuration Echo:Port: nothing is called so; there are Endpoint, ")]
    public void What_cannot_be_meant_is_refused_by_its_name(string key, string value, string expected)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(("Endpoint", ":7342"), (key, value)));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_serves_what_its_configuration_says()
    {
        var values = new Dictionary<string, string?> { ["Endpoint"] = "memory:configured" };
        await using var run = await HostRun.StartAsync(values, (connection, _) => Task.CompletedTask);
        Assert.Equal("memory:configured", $"{run.Server.Local}");
    }

    private static ServerPlan Read(params (string Key, string Value)[] values) =>
        PlanReader.Read(Section(values), new ServerOptions());

    private static IConfigurationSection Section(params (string Key, string Value)[] values)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (key, value) in values)
        {
            all[$"Echo:{key}"] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("Echo");
    }
}
