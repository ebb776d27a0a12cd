using System.Runtime.Versioning;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Engines.Epoll;

namespace Switchboard.Tests.Transports.SharedMemory;

[SupportedOSPlatform("linux")]
public sealed class SpinTests
{
    private const int RingBytes = 4096;

    private readonly SharedMemoryEndpoint _endpoint = new(HostilePeer.NewName());
    private readonly HaltingClock _clock = new();

    public SpinTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory works on Linux only.");
        Assert.SkipUnless(Environment.ProcessorCount > 1, "Without a second processor nobody looks.");
    }

    [Fact]
    public async Task A_send_that_looks_for_room_leaves_the_loop_as_soon_as_a_receive_has_something()
    {
        await using var listener = await Listener.BindAsync(_endpoint, new ListenOptions { Engine = Engine.Epoll });
        await using var client = await Connection.ConnectAsync(_endpoint, Looking());
        await using var server = await listener.AcceptAsync().Soon();
        var received = client.ReceiveAsync(new byte[1]).AsTask();

        // From here on no spin ends by itself.
        _clock.Halt();
        var sent = OnLoopAsync(client, () => client.SendAsync(new byte[2 * RingBytes]));
        await _clock.WaitForSpinAsync();
        await server.SendAsync("x"u8.ToArray());

        Assert.Equal(1, await received.Soon());
        var sending = await sent.Soon();
        Assert.False(sending.IsCompleted);
        _clock.GoOn();
        await server.ReceiveExactlyAsync(new byte[2 * RingBytes]).Soon();
        await sending.Soon();
    }

    [Fact]
    public async Task A_receive_that_looks_for_bytes_leaves_the_loop_as_soon_as_a_send_has_room()
    {
        await using var listener = await Listener.BindAsync(_endpoint, new ListenOptions { Engine = Engine.Epoll });
        await using var client = await Connection.ConnectAsync(_endpoint, Looking());
        await using var server = await listener.AcceptAsync().Soon();
        var sent = client.SendAsync(new byte[2 * RingBytes]).AsTask();

        _clock.Halt();
        var received = OnLoopAsync(client, async () => await client.ReceiveAsync(new byte[1]));
        await _clock.WaitForSpinAsync();
        await server.ReceiveExactlyAsync(new byte[2 * RingBytes]).Soon();

        await sent.Soon();
        var receiving = await received.Soon();
        Assert.False(receiving.IsCompleted);
        _clock.GoOn();
        await server.SendAsync("x"u8.ToArray());
        await receiving.Soon();
    }

    [Fact]
    public async Task What_a_spin_watched_over_is_woken_when_the_spin_is_over()
    {
        await using var listener = await Listener.BindAsync(_endpoint, new ListenOptions { Engine = Engine.Epoll });
        await using var client = await Connection.ConnectAsync(_endpoint, Looking());
        await using var server = await listener.AcceptAsync().Soon();
        var received = client.ReceiveAsync(new byte[1]).AsTask();
        _clock.Halt();
        var sent = OnLoopAsync(client, () => client.SendAsync(new byte[2 * RingBytes]));
        await _clock.WaitForSpinAsync();

        await server.ReceiveExactlyAsync(new byte[2 * RingBytes]).Soon();
        await (await sent.Soon()).Soon();
        await server.SendAsync("x"u8.ToArray());

        Assert.Equal(1, await received.Soon());
    }

    private ConnectOptions Looking() => new()
    {
        Engine = Engine.Epoll,
        Transport = new SharedMemoryTransport(new SharedMemoryOptions
        {
            BufferBytes = RingBytes,
            SpinBeforeSleep = TimeSpan.FromMilliseconds(1),
            Clock = _clock,
        }),
    };

    /// <summary>Begins something on the connection's loop; completes when the call has returned.</summary>
    private static Task<Task> OnLoopAsync(Connection connection, Func<ValueTask> begin)
    {
        var begun = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Post(new Work(() => begun.SetResult(begin().AsTask())));
        return begun.Task;
    }
}
