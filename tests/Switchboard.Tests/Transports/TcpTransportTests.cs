using System.Net;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

public class TcpTransportTests
{
    [Fact]
    public async Task Localhost_is_bound_on_both_loopbacks_at_one_port()
    {
        await using var listener = await Listener.BindAsync("tcp://localhost:0");
        var port = ((TcpEndpoint)listener.Local).Port;
        Assert.NotEqual(0, port);

        foreach (var host in new[] { "127.0.0.1", "::1", "localhost" })
        {
            var near = await Connection.ConnectAsync(new TcpEndpoint(host, port)).Soon();
            var far = await listener.AcceptAsync().Soon();
            Assert.Equal(port, ((TcpEndpoint)far.Local).Port);
            near.Abort();
            far.Abort();
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Localhost_is_in_use_when_either_loopback_is(string host)
    {
        var port = FreePort.Next();
        await using var first = await Listener.BindAsync(new TcpEndpoint(host, port));

        var error = await Assert.ThrowsAsync<BindException>(
            () => Listener.BindAsync(new TcpEndpoint("localhost", port)).Soon());
        Assert.Equal(BindFailure.InUse, error.Failure);

        // The half that could be bound was let go again.
        await using var other = await Listener.BindAsync(new TcpEndpoint(host == "::1" ? "127.0.0.1" : "::1", port));
    }

    [Fact]
    public async Task Every_address_of_IPv6_is_every_address_of_IPv4_too_and_shows_its_peers_as_they_are()
    {
        await using var listener = await Listener.BindAsync("tcp://[::]:0");
        var port = ((TcpEndpoint)listener.Local).Port;
        foreach (var host in new[] { "127.0.0.1", "::1" })
        {
            var near = await Connection.ConnectAsync(new TcpEndpoint(host, port)).Soon();
            var far = await listener.AcceptAsync().Soon();
            Assert.Equal(host, ((TcpEndpoint)far.Remote).Host);
            near.Abort();
            far.Abort();
        }
    }

    [Fact]
    public async Task A_free_port_is_drawn_again_when_another_address_of_the_name_has_it_taken()
    {
        var bound = new List<FakeListener>();
        var binds = 0;
        var engine = new FakeEngine
        {
            OnBind = address =>
            {
                // The second bind of all is the first draw's other loopback.
                if (++binds == 2)
                {
                    throw new BindException(TcpEndpoint.From(address), BindFailure.InUse, "in use");
                }

                var port = address.Port == 0 ? 1000 + binds : address.Port;
                bound.Add(new FakeListener(new TcpEndpoint($"{address.Address}", port)));
                return bound[^1];
            },
        };

        await using var listener = await Listener.BindAsync("tcp://localhost:0", new ListenOptions { Engine = engine });

        Assert.Equal("tcp://localhost:1003", $"{listener.Local}");
        Assert.Equal([true, false, false], bound.Select(one => one.IsClosed));
    }

    [Fact]
    public async Task A_port_that_was_asked_for_is_not_drawn_again()
    {
        var binds = 0;
        var engine = new FakeEngine
        {
            OnBind = address =>
            {
                binds++;
                throw new BindException(TcpEndpoint.From(address), BindFailure.InUse, "in use");
            },
        };

        await Assert.ThrowsAsync<BindException>(
            () => Listener.BindAsync("tcp://localhost:80", new ListenOptions { Engine = engine }));
        Assert.Equal(1, binds);
    }

    [Fact]
    public async Task Localhost_does_without_IPv6_where_the_machine_has_none()
    {
        var engine = new FakeEngine
        {
            OnBind = address => address.Address.Equals(IPAddress.Loopback)
                ? new FakeListener(new TcpEndpoint("127.0.0.1", 1000))
                : throw new BindException(TcpEndpoint.From(address), BindFailure.NotLocal, "not here"),
        };

        await using var listener = await Listener.BindAsync("tcp://localhost:0", new ListenOptions { Engine = engine });
        Assert.Equal("tcp://localhost:1000", $"{listener.Local}");
    }

    [Fact]
    public async Task A_name_that_nobody_knows_cannot_be_listened_at()
    {
        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(
            "tcp://name.test:80", new ListenOptions { Resolve = (_, _) => Task.FromResult<IPAddress[]>([]) }));

        Assert.Equal(BindFailure.NotFound, error.Failure);
    }

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_listened_at()
    {
        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync("tcp://192.0.2.1:0"));

        Assert.Equal(BindFailure.NotLocal, error.Failure);
    }

    [Fact]
    public async Task To_connect_to_any_free_port_is_a_misuse()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Connection.ConnectAsync("tcp://localhost:0"));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_refuses_on_every_address()
    {
        await using var listener = await Listener.BindAsync(new TcpEndpoint("localhost", FreePort.Next()));
        await listener.DisposeAsync().Soon();

        var error = await Assert.ThrowsAsync<ConnectionRefusedException>(
            () => Connection.ConnectAsync(listener.Local).Soon());
        Assert.All(error.Attempts, attempt => Assert.IsType<ConnectionRefusedException>(attempt.Error));
        Assert.NotEmpty(error.Attempts);
    }
}
