using System.Buffers;
using System.Text;
using Switchboard.Transports;
using Switchboard.Tests.Connections;

namespace Switchboard.Tests.Transports;

/// <summary>
/// The way that named pipes go where they are no unix sockets of ours: the framework has them everywhere.
/// </summary>
public sealed class PipeStreamTransportTests
{
    private static readonly ListenOptions Listening = new() { Transport = PipeStreamTransport.Instance };
    private static readonly ConnectOptions Connecting = new() { Transport = PipeStreamTransport.Instance };

    private readonly PipeEndpoint _pipe = new($"test-{Guid.NewGuid():N}");

    [Fact]
    public async Task Many_clients_are_each_accepted_and_heard()
    {
        await using var listener = await Listener.BindAsync(_pipe, Listening);
        for (var client = 0; client < 10; client++)
        {
            var (near, far) = await ConnectAsync(listener);
            await using (near)
            await using (far)
            {
                await near.SendAsync(new[] { (byte)client });
                var buffer = new byte[2];
                Assert.Equal(1, await far.ReceiveAsync(buffer).Soon());
                Assert.Equal(client, buffer[0]);
            }
        }
    }

    [Fact]
    public async Task It_says_that_it_cannot_half_close_and_goes_on()
    {
        await using var listener = await Listener.BindAsync(_pipe, Listening);
        var (near, far) = await ConnectAsync(listener);

        Assert.False(near.CanHalfClose);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => near.CompleteSendingAsync().AsTask());
        Assert.Contains("cannot finish sending", error.Message, StringComparison.Ordinal);

        await near.SendAsync("still"u8.ToArray());
        var buffer = new byte[5];
        await far.ReceiveExactlyAsync(buffer).Soon();
        Assert.Equal("still", Encoding.ASCII.GetString(buffer));
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact]
    public async Task Completing_a_pipe_writer_sends_what_waits_and_leaves_the_end_to_the_close()
    {
        await using var listener = await Listener.BindAsync(_pipe, Listening);
        var (near, far) = await ConnectAsync(listener);
        var writer = near.AsPipeWriter();
        writer.Write("waits"u8);

        await writer.CompleteAsync();

        var buffer = new byte[5];
        await far.ReceiveExactlyAsync(buffer).Soon();
        await near.DisposeAsync();
        Assert.Equal(0, await far.ReceiveAsync(buffer).Soon());
        await far.DisposeAsync();
    }

    [Fact]
    public async Task Closing_waits_for_nobody_and_loses_nothing_that_was_sent()
    {
        await using var listener = await Listener.BindAsync(_pipe, Listening);
        var (near, far) = await ConnectAsync(listener);
        var bytes = new byte[50_000];
        new Random(1).NextBytes(bytes);

        await near.SendAsync(bytes).Soon();
        await near.DisposeAsync().Soon();

        Assert.Equal(bytes, await far.ReceiveToEndAsync(bytes.Length).Soon());
        Assert.Equal(EndReason.Closed, (await near.Closed).Reason);
        await far.DisposeAsync().Soon();
        Assert.Equal(EndReason.Finished, (await far.Closed).Reason);
    }

    [Fact]
    public async Task A_cancelled_receive_loses_nothing_and_one_that_runs_ends_with_the_connection()
    {
        await using var listener = await Listener.BindAsync(_pipe, Listening);
        var (near, far) = await ConnectAsync(listener);
        await using var _ = far;
        using var cancel = new CancellationTokenSource();
        var buffer = new byte[10];
        var cancelled = near.ReceiveAsync(buffer, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());

        await far.SendAsync("kept"u8.ToArray());
        Assert.Equal(4, await near.ReceiveAsync(buffer).Soon());

        var running = near.ReceiveAsync(buffer).AsTask();
        near.Abort();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running.Soon());
    }

    [Fact]
    public async Task An_accept_can_be_cancelled_and_ends_when_the_listener_closes()
    {
        var listener = await Listener.BindAsync(_pipe, Listening);
        using var cancel = new CancellationTokenSource();
        var cancelled = listener.AcceptAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Soon());
        var (near, far) = await ConnectAsync(listener);
        near.Abort();
        far.Abort();

        var running = listener.AcceptAsync().AsTask();
        await listener.DisposeAsync().Soon();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running.Soon());
    }

    [Fact]
    public async Task Where_nobody_listens_the_wait_for_somebody_ends_as_refused()
    {
        var options = Connecting with { Timeout = TimeSpan.FromMilliseconds(50) };

        var error = await Assert.ThrowsAsync<ConnectionRefusedException>(() => Connection.ConnectAsync(_pipe, options));

        Assert.Equal(_pipe, error.Remote);
    }

    [Fact]
    public async Task A_name_that_is_listened_at_is_in_use()
    {
        await using var first = await Listener.BindAsync(_pipe, Listening);

        var error = await Assert.ThrowsAsync<BindException>(() => Listener.BindAsync(_pipe, Listening));

        Assert.Equal(BindFailure.InUse, error.Failure);
    }

    private async Task<(Connection Near, Connection Far)> ConnectAsync(Listener listener)
    {
        var connecting = Connection.ConnectAsync(_pipe, Connecting);
        var far = await listener.AcceptAsync().Soon();
        return (await connecting.Soon(), far);
    }
}
