using System.Net;
using Switchboard.Testing;
using Switchboard.Tests.Connections;
using Switchboard.Transports;

namespace Switchboard.Tests.Transports;

public class HappyEyeballsTests
{
    private static readonly TcpEndpoint Target = new("name.test", 80);

    private readonly ManualClock _clock = new();
    private readonly FakeEngine _engine = new();

    [Theory]
    [InlineData("::1 ::2 ::3 1.1.1.1 1.1.1.2", "::1 1.1.1.1 ::2 1.1.1.2 ::3")]
    [InlineData("1.1.1.1 ::1", "1.1.1.1 ::1")]
    [InlineData("1.1.1.1 1.1.1.2 1.1.1.3", "1.1.1.1 1.1.1.2 1.1.1.3")]
    [InlineData("1.1.1.1 1.1.1.2 ::1 ::2 ::3", "1.1.1.1 ::1 1.1.1.2 ::2 ::3")]
    public void Families_take_turns_and_the_resolvers_order_holds_within_each(string resolved, string expected)
    {
        var tried = HappyEyeballs.Interleave(Addresses(resolved));

        Assert.Equal(Addresses(expected), tried);
    }

    [Fact]
    public async Task The_next_address_is_tried_after_the_delay_and_not_before()
    {
        var connecting = ConnectAsync("1.1.1.1 1.1.1.2");
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(["1.1.1.1"], _engine.Tried);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Waiting.UntilAsync(() => _engine.Tried.Count == 2);
        _engine.Answer("1.1.1.2");
        (await connecting.Soon()).Abort();
        Assert.Equal(["1.1.1.1"], _engine.Cancelled);
    }

    [Fact]
    public async Task A_silent_address_may_still_win_after_the_next_was_tried()
    {
        var connecting = ConnectAsync("1.1.1.1 1.1.1.2");
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await Waiting.UntilAsync(() => _engine.Tried.Count == 2);
        _engine.Answer("1.1.1.1");

        (await connecting.Soon()).Abort();
        Assert.Equal(["1.1.1.2"], _engine.Cancelled);
    }

    [Fact]
    public async Task After_a_refusal_the_next_address_is_tried_at_once()
    {
        _engine.Refusals["1.1.1.1"] = Refused();
        _engine.Answering.Add("1.1.1.2");

        (await ConnectAsync("1.1.1.1 1.1.1.2").Soon()).Abort();
        Assert.Equal(["1.1.1.1", "1.1.1.2"], _engine.Tried);
    }

    [Fact]
    public async Task After_a_refusal_the_next_address_is_tried_at_once_though_an_older_one_is_silent()
    {
        _engine.Refusals["1.1.1.2"] = Refused();
        _engine.Answering.Add("1.1.1.3");
        var connecting = ConnectAsync("1.1.1.1 1.1.1.2 1.1.1.3");
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(250));

        (await connecting.Soon()).Abort();
        Assert.Equal(["1.1.1.1", "1.1.1.2", "1.1.1.3"], _engine.Tried);
    }

    [Fact]
    public async Task A_loser_that_connects_too_late_is_reset()
    {
        var loser = new TestWire(FakeEngine.NewWire());
        _engine.TooLate = loser;
        var connecting = ConnectAsync("1.1.1.1 1.1.1.2");
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await Waiting.UntilAsync(() => _engine.Tried.Count == 2);
        _engine.Answer("1.1.1.2");
        (await connecting.Soon()).Abort();

        Assert.True(loser.IsAborted);
    }

    [Fact]
    public async Task Every_attempt_is_in_the_exception_with_its_own_error()
    {
        _engine.Refusals["1.1.1.1"] = new HostUnreachableException("connect", null, Target, "no route leads there");
        _engine.Refusals["1.1.1.2"] = Refused();

        var error = await Assert.ThrowsAsync<ConnectionRefusedException>(() => ConnectAsync("1.1.1.1 1.1.1.2").Soon());

        Assert.Equal(Target, error.Remote);
        Assert.Equal(["tcp://1.1.1.1:80", "tcp://1.1.1.2:80"], error.Attempts.Select(attempt => $"{attempt.Remote}"));
        Assert.IsType<HostUnreachableException>(error.Attempts[0].Error);
        Assert.IsType<ConnectionRefusedException>(error.Attempts[1].Error);
    }

    [Fact]
    public async Task An_attempt_that_failed_at_once_is_not_charged_the_wait_for_the_others()
    {
        _engine.Refusals["1.1.1.2"] = Refused();
        var connecting = ConnectAsync("1.1.1.1 1.1.1.2", timeout: TimeSpan.FromSeconds(5));
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await Waiting.UntilAsync(() => _clock.ArmedTimers == 1);
        _clock.Advance(TimeSpan.FromSeconds(4.75));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        Assert.Equal(TimeSpan.FromSeconds(5), error.Attempts[0].Elapsed);
        Assert.Null(error.Attempts[0].Error);
        Assert.Equal(TimeSpan.Zero, error.Attempts[1].Elapsed);
    }

    [Fact]
    public async Task When_the_time_for_all_is_up_the_phase_is_to_connect()
    {
        var connecting = ConnectAsync("1.1.1.1", timeout: TimeSpan.FromSeconds(1));
        await _clock.WaitForTimersAsync(2).Soon();
        _clock.Advance(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        Assert.Equal((TimeoutPhase.Connect, TimeSpan.FromSeconds(1)), (error.Phase, error.Limit!.Value));
        Assert.Equal(["1.1.1.1"], _engine.Cancelled);
    }

    [Fact]
    public async Task The_callers_cancellation_is_not_a_timeout()
    {
        using var stop = new CancellationTokenSource();
        var connecting = ConnectAsync("1.1.1.1", cancellationToken: stop.Token);
        await _clock.WaitForTimersAsync(2).Soon();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Soon());
        Assert.Equal(["1.1.1.1"], _engine.Cancelled);
    }

    private static ConnectionRefusedException Refused() => new("connect", null, Target, "refused");

    private static IPAddress[] Addresses(string text) => [.. text.Split(' ').Select(IPAddress.Parse)];

    private Task<Connection> ConnectAsync(
        string resolved,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) => Connection.ConnectAsync(
            Target,
            new ConnectOptions
            {
                Engine = _engine,
                Timeout = timeout ?? TimeSpan.FromSeconds(5),
                Resolve = (_, _) => Task.FromResult(Addresses(resolved)),
                Connection = new ConnectionOptions { TimeProvider = _clock },
            },
            cancellationToken);
}
