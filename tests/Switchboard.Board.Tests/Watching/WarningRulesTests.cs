using System.Net;
using Switchboard.Board.Kernel;
using Switchboard.Board.Watching;
using Switchboard.Testing;

namespace Switchboard.Board.Tests.Watching;

/// <summary>What is said to be wrong, and when: each rule as soon as it is true, and not before.</summary>
public sealed class WarningRulesTests
{
    private readonly ManualClock _clock = new();
    private readonly WatchedSocket _socket;

    public WarningRulesTests() => _socket = new WatchedSocket(7, _clock.GetUtcNow()) { Process = "nginx (pid 12)" };

    [Fact]
    public void A_socket_that_is_not_closed_is_told_after_five_seconds()
    {
        Look(SocketState.CloseWait);
        Pass(4.9);
        Assert.Null(Judge());
        Pass(0.1);

        Assert.Equal("not-closed", Judge()!.Kind);
        Assert.Equal("nginx (pid 12) has not closed this socket, and the peer has finished", Judge()!.Text);
    }

    [Fact]
    public void A_send_queue_that_does_not_move_is_told_after_a_second()
    {
        Look(SocketState.Established, waiting: 5000);
        Pass(0.9);
        Look(SocketState.Established, waiting: 4000);
        Pass(0.9);
        Look(SocketState.Established, waiting: 6000);
        Assert.Null(Judge());
        Pass(0.1);
        Look(SocketState.Established, waiting: 6000);

        Assert.Equal("send-stuck", Judge()!.Kind);
        Look(SocketState.Established, waiting: 0);
        Assert.Null(Judge());
    }

    [Fact]
    public void Confirmed_bytes_are_movement_even_if_the_queue_is_full_again()
    {
        Look(SocketState.Established, waiting: 5000, confirmed: 1);
        Pass(2);
        Look(SocketState.Established, waiting: 5000, confirmed: 2);

        Assert.Null(Judge());
    }

    [Fact]
    public void Bytes_that_nobody_takes_are_told_after_five_seconds()
    {
        Look(SocketState.Established, unread: 100);
        Pass(5);
        Look(SocketState.Established, unread: 100);

        Assert.Equal("not-received", Judge()!.Kind);
        Look(SocketState.Established, unread: 50);
        Assert.Null(Judge());
    }

    [Fact]
    public void Bytes_that_are_taken_are_movement_even_if_as_many_have_come_again()
    {
        Look(SocketState.Established, unread: 100, received: 100);
        Pass(5);
        Look(SocketState.Established, unread: 100, received: 101);

        Assert.Null(Judge());
    }

    [Fact]
    public void How_much_waits_is_no_warning_until_it_is_known_that_nothing_moves()
    {
        Look(SocketState.Established, unread: 100, waiting: 5000);
        Pass(10);
        LookQuickly(unread: 100, waiting: 5000);
        Assert.Null(Judge());
        Assert.True(WarningRules.IsDoubtful(_socket, _clock.GetUtcNow()));

        Look(SocketState.Established, unread: 100, waiting: 5000, confirmed: 9, received: 7);
        Assert.False(WarningRules.IsDoubtful(_socket, _clock.GetUtcNow()));
        Pass(10);
        LookQuickly(unread: 100, waiting: 5000);
        Assert.Null(Judge());
        Look(SocketState.Established, unread: 100, waiting: 5000, confirmed: 9, received: 7);
        Assert.Equal("send-stuck", Judge()!.Kind);
    }

    [Fact]
    public void What_no_process_has_is_nobodys_fault()
    {
        Look(SocketState.CloseWait, unread: 100, inode: 0);
        Pass(60);

        Assert.Null(Judge());
    }

    [Fact]
    public void A_connect_that_nobody_answers_is_told_after_three_seconds()
    {
        Look(SocketState.SynSent);
        Pass(3);

        Assert.Equal("no-answer", Judge()!.Kind);
    }

    [Fact]
    public void Datagrams_that_are_dropped_are_told_for_a_minute()
    {
        TakeDatagrams(drops: 3);
        Assert.Null(Judge());
        TakeDatagrams(drops: 5);
        Assert.Equal(
            "nginx (pid 12) takes datagrams more slowly than they come: 5 were dropped", Judge()!.Text);
        Pass(59);
        Assert.Equal("datagrams-dropped", Judge()!.Kind);
        Pass(1);
        Assert.Null(Judge());
    }

    [Fact]
    public void A_backlog_is_told_when_it_is_full_and_for_a_minute_after_it_overflowed()
    {
        var rules = new WarningRules();
        var listener = new WatchedListener(9, "tcp://localhost:1") { Waiting = 2, Backlog = 2, Drops = 5 };

        Assert.Null(rules.Judge(listener, _clock.GetUtcNow()));
        Assert.Equal("backlog-full", rules.Judge(listener with { Waiting = 3 }, _clock.GetUtcNow())!.Kind);
        Assert.Equal("backlog-overflowed", rules.Judge(listener with { Drops = 6 }, _clock.GetUtcNow())!.Kind);
        Pass(59);
        Assert.NotNull(rules.Judge(listener with { Drops = 6 }, _clock.GetUtcNow()));
        Pass(1);
        Assert.Null(rules.Judge(listener with { Drops = 6 }, _clock.GetUtcNow()));
    }

    [Fact]
    public void A_server_that_grants_no_more_is_told()
    {
        var listener = new WatchedListener(9, "tcp://localhost:1") { Open = 3, MaxOpen = 3 };

        Assert.Equal("limit-reached", new WarningRules().Judge(listener, _clock.GetUtcNow())!.Kind);
        Assert.Null(new WarningRules().Judge(listener with { Open = 2 }, _clock.GetUtcNow()));
    }

    private BoardWarning? Judge() => WarningRules.Judge(_socket, _clock.GetUtcNow());

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void TakeDatagrams(uint drops)
    {
        var row = new SocketRow(1, KernelAddress.Of(IPAddress.Loopback, 1), default, SocketState.Bound, 0, 0, 0, 1)
        {
            Kind = SocketKind.Udp,
            Drops = drops,
        };
        _socket.Take(row, _clock.GetUtcNow());
    }

    private void Look(
        SocketState state, uint unread = 0, uint waiting = 0, uint inode = 1, long confirmed = 0, long received = 0) =>
        Take(state, unread, waiting, inode, new SocketFlow { BytesAcknowledged = confirmed, BytesReceived = received });

    /// <summary>Sees how much waits, and no more.</summary>
    private void LookQuickly(uint unread, uint waiting) =>
        Take(SocketState.Established, unread, waiting, inode: 1, flow: null);

    private void Take(SocketState state, uint unread, uint waiting, uint inode, SocketFlow? flow)
    {
        var address = KernelAddress.Of(IPAddress.Loopback, 1);
        var row = new SocketRow(1, address, address, state, unread, waiting, 0, inode) { Flow = flow };
        _socket.Take(row, _clock.GetUtcNow());
    }
}
