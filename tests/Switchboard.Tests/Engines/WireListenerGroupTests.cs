using System.Net;
using System.Net.Sockets;
using Switchboard.Engines;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Transports;

namespace Switchboard.Tests.Engines;

public class WireListenerGroupTests
{
    private readonly FakeListener _one = new("memory:one");
    private readonly FakeListener _two = new("memory:two");

    [Fact]
    public async Task A_busy_listener_does_not_starve_the_other()
    {
        var group = NewGroup();
        for (var come = 0; come < 4; come++)
        {
            _one.Come(new MemoryEndpoint("busy")).Abort();
            _two.Come(new MemoryEndpoint("other")).Abort();
        }

        var accepted = new List<string>();
        for (var taken = 0; taken < 4; taken++)
        {
            accepted.Add($"{(await group.AcceptAsync(CancellationToken.None).Soon()).Remote}");
        }

        Assert.Equal(2, accepted.Count(remote => remote == "memory:busy"));
        group.Close();
    }

    [Fact]
    public async Task Nobody_is_lost_to_a_cancelled_accept()
    {
        var group = NewGroup();
        using var stop = new CancellationTokenSource();
        var accepting = group.AcceptAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.Soon());
        _two.Come().Abort();

        await group.AcceptAsync(CancellationToken.None).Soon();
        group.Close();
    }

    [Fact]
    public async Task Whoever_had_come_and_was_not_accepted_is_reset_by_the_close()
    {
        var group = NewGroup();
        var accepting = group.AcceptAsync(CancellationToken.None);
        var first = _one.Come();
        await accepting.Soon();
        var second = _two.Come();
        group.Close();

        await Assert.ThrowsAsync<ConnectionResetException>(() => second.ReceiveAsync(new byte[1]).Soon());
        first.Abort();
        second.Abort();
    }

    [Fact]
    public async Task An_accept_that_a_close_meets_gives_a_wire_that_works_or_none()
    {
        for (var round = 0; round < 300; round++)
        {
            var one = new FakeListener("memory:one");
            var group = new WireListenerGroup(one.Local, [one, new FakeListener("memory:two")]);
            var accepting = group.AcceptAsync(CancellationToken.None).AsTask();
            var wire = new TestWire(FakeEngine.NewWire());
            var coming = Task.Run(() => one.Come(wire));
            group.Close();
            await coming.Soon();
            try
            {
                await accepting.Soon();
                Assert.False(wire.IsAborted);
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    [Fact]
    public async Task A_result_is_asked_for_once_and_not_before_the_callback()
    {
        var late = new LateListener();
        var group = new WireListenerGroup(late.Local, [late, _two]);
        var accepting = group.AcceptAsync(CancellationToken.None);
        late.Complete(FakeEngine.NewWire());
        _two.Come(new MemoryEndpoint("other")).Abort();
        Assert.Equal("memory:other", $"{(await accepting.Soon()).Remote}");

        var next = group.AcceptAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        late.CallBack();

        (await next.Soon()).Close();
        Assert.Equal(1, late.Results);
        group.Close();
    }

    [Fact]
    public async Task After_the_close_nobody_is_accepted()
    {
        var group = NewGroup();
        group.Close();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => group.AcceptAsync(CancellationToken.None).Soon());
    }

    [Fact]
    public async Task Every_loop_listens_and_each_peer_is_accepted_once()
    {
        const int Each = 300;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no engine with loops here.");
        var engine = Engine.CreateEpoll(new EngineOptions { Loops = 2, ListensOnEveryLoop = true });
        var group = engine.Bind(new IPEndPoint(IPAddress.Loopback, 0), backlog: 100);
        var address = new IPEndPoint(IPAddress.Loopback, ((TcpEndpoint)group.Local).Port);
        var coming = Task.WhenAll(ComeAsync(), ComeAsync());
        var accepted = new List<Wire>();
        while (accepted.Count < 2 * Each)
        {
            accepted.Add(await group.AcceptAsync(CancellationToken.None).Soon());
        }

        await coming.Soon();
        accepted.ForEach(wire => wire.Close());
        group.Close();
        engine.Stop();

        Task ComeAsync() => Task.Run(async () =>
        {
            for (var come = 0; come < Each; come++)
            {
                using var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await peer.ConnectAsync(address);
            }
        });
    }

    private WireListenerGroup NewGroup() => new(new MemoryEndpoint("group"), [_one, _two]);
}
