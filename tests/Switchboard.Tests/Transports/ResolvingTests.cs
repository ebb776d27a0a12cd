using System.Net;
using System.Net.Sockets;
using Switchboard.Testing;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

[Collection(Alone.Name)]
public class ResolvingTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_name_that_does_not_exist_is_told_with_the_name()
    {
        var error = await Assert.ThrowsAsync<HostNotFoundException>(() => ConnectAsync(
            (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound))).Soon());

        Assert.Contains("name.test", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_without_addresses_was_not_found()
    {
        await Assert.ThrowsAsync<HostNotFoundException>(
            () => ConnectAsync((_, _) => Task.FromResult<IPAddress[]>([])).Soon());
    }

    [Fact]
    public async Task A_slow_name_server_is_a_timeout_of_its_own_phase()
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        var connecting = ConnectAsync((_, _) => never.Task);
        await _clock.WaitForTimersAsync(1).Soon();
        _clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        Assert.Equal((TimeoutPhase.Resolve, "resolve"), (error.Phase, error.Operation));
    }

    [Fact]
    public async Task The_callers_cancellation_while_a_name_is_looked_up_is_not_a_timeout()
    {
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource<IPAddress[]>();
        var connecting = ConnectAsync((_, _) => never.Task, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Soon());
    }

    [Fact]
    public async Task A_lookup_that_fails_after_it_was_given_up_is_not_reported_as_forgotten()
    {
        var forgotten = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs report) =>
            forgotten += report.Exception.ToString().Contains("looked up for nobody", StringComparison.Ordinal) ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Count;

        await GiveUpAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        TaskScheduler.UnobservedTaskException -= Count;
        Assert.Equal(0, forgotten);
    }

    private async Task GiveUpAsync()
    {
        var failing = new TaskCompletionSource<IPAddress[]>();
        var connecting = ConnectAsync((_, _) => failing.Task);
        await _clock.WaitForTimersAsync(1).Soon();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<ConnectionTimeoutException>(() => connecting.Soon());
        failing.SetException(new InvalidOperationException("looked up for nobody"));
    }

    private Task<Connection> ConnectAsync(
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellationToken = default) => Connection.ConnectAsync(
            "tcp://name.test:80",
            new ConnectOptions { Resolve = resolve, Connection = new ConnectionOptions { TimeProvider = _clock } },
            cancellationToken);
}
