using Switchboard.Engines.Epoll;
using Switchboard.Tests.Connections;
using Switchboard.Tests.Serving;

namespace Switchboard.Tests.Engines.Epoll;

/// <summary>Bytes that pass from one socket to another within the kernel.</summary>
[Collection(Alone.Name)]
public sealed class PipeBufferTests
{
    private const int Most = 16;

    public PipeBufferTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no epoll here.");

    [Theory]
    [InlineData(TestEngines.Epoll)]
    [InlineData(TestEngines.EpollWithFaults)]
    public async Task Bytes_come_out_as_they_went_in_and_are_counted_on_both_sides(string engine)
    {
        await using var path = await RelayPath.OpenAsync(engine, joins: false);
        var bytes = new byte[2_000_000];
        new Random(5).NextBytes(bytes);
        var sending = path.Client.SendAsync(bytes).AsTask();
        var received = new byte[bytes.Length];
        var hearing = path.Target.ReceiveExactlyAsync(received).AsTask();
        var passed = 0;
        while (passed < bytes.Length)
        {
            using var buffer = path.Front.RentKernelBuffer(path.Back);
            var count = await path.Front.ReceiveIntoAsync(buffer!).AsTask().Soon();
            Assert.Equal(count, buffer!.Length);
            await path.Back.SendFromAsync(buffer).AsTask().Soon();
            Assert.Equal(0, buffer.Length);
            passed += count;
        }

        await sending.Soon();
        await hearing.Soon();
        Assert.Equal(bytes, received);
        Assert.Equal(bytes.Length, path.Front.GetProgress().BytesReceived);
        Assert.Equal(bytes.Length, path.Back.GetProgress().BytesSent);
    }

    [Fact]
    public async Task The_end_is_no_bytes_and_stays_the_end()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.Epoll, joins: false);
        await path.Client.CompleteSendingAsync();
        using var buffer = path.Front.RentKernelBuffer(path.Back);

        Assert.Equal(0, await path.Front.ReceiveIntoAsync(buffer!).AsTask().Soon());
        Assert.Equal(0, await path.Front.ReceiveIntoAsync(buffer!).AsTask().Soon());
        Assert.Equal(0, await path.Front.ReceiveAsync(new byte[1]).Soon());
    }

    [Fact]
    public async Task Bytes_that_were_left_behind_are_nobodys()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.Epoll, joins: false);
        await path.Client.SendAsync("lost"u8.ToArray());
        using (var left = path.Front.RentKernelBuffer(path.Back))
        {
            Assert.Equal(4, await path.Front.ReceiveIntoAsync(left!).AsTask().Soon());
        }

        await path.Client.SendAsync("kept"u8.ToArray());
        using var buffer = path.Front.RentKernelBuffer(path.Back);
        Assert.Equal(4, await path.Front.ReceiveIntoAsync(buffer!).AsTask().Soon());
        await path.Back.SendFromAsync(buffer!);

        var received = new byte[4];
        await path.Target.ReceiveExactlyAsync(received).AsTask().Soon();
        Assert.Equal("kept"u8.ToArray(), received);
    }

    [Fact]
    public async Task There_is_none_where_bytes_were_given_back_or_are_not_the_kernels()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.Epoll, joins: false);
        var (memory, other) = Connection.CreatePair();
        Assert.Null(path.Front.RentKernelBuffer(memory));
        Assert.Null(memory.RentKernelBuffer(path.Front));
        path.Front.GiveBack("unread"u8);
        Assert.Null(path.Front.RentKernelBuffer(path.Back));
        Assert.Equal(0, PipeBuffer.Rented);
        memory.Abort();
        other.Abort();
    }

    [Fact]
    public async Task A_relay_that_finds_none_left_copies()
    {
        var all = Enumerable.Range(0, Most).Select(_ => PipeBuffer.TryRent()).ToList();
        Assert.DoesNotContain(null, all);
        Assert.Null(PipeBuffer.TryRent());
        await PassAsync();
        all.ForEach(one => one!.Dispose());
        Assert.Equal(0, PipeBuffer.Rented);
        await PassAsync();
        Assert.Equal(0, PipeBuffer.Rented);
    }

    [Fact]
    public async Task A_fast_relay_uses_one_and_gives_it_back_when_it_is_reset()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.Epoll);
        var sending = SendForEverAsync(path.Client);
        var hearing = HearForEverAsync(path.Target);

        // Now and then a piece is small, and copied.
        await Waiting.UntilAsync(() => PipeBuffer.Rented == 1);
        path.Target.Abort();

        await Assert.ThrowsAnyAsync<ConnectionException>(() => sending.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => hearing.Soon());
        await Waiting.UntilAsync(() => PipeBuffer.Rented == 0);
    }

    private static async Task SendForEverAsync(Connection connection)
    {
        var piece = new byte[1024 * 1024];
        while (true)
        {
            await connection.SendAsync(piece);
        }
    }

    private static async Task HearForEverAsync(Connection connection)
    {
        var piece = new byte[1024 * 1024];
        while (await connection.ReceiveAsync(piece) > 0)
        {
        }
    }

    private static async Task PassAsync()
    {
        await using var path = await RelayPath.OpenAsync(TestEngines.Epoll);
        var bytes = new byte[3_000_000];
        new Random(6).NextBytes(bytes);
        var hearing = path.Target.ReceiveToEndAsync(bytes.Length).AsTask();
        await path.Client.SendAsync(bytes);
        await path.Client.CompleteSendingAsync();
        Assert.Equal(bytes, await hearing.Soon());
    }
}
