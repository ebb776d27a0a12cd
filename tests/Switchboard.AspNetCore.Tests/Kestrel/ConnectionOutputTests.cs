using System.Buffers;
using System.IO.Pipelines;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

public sealed class ConnectionOutputTests
{
    // More than the kernel takes while nobody receives.
    private const int MuchBytes = 16 * 1024 * 1024;

    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Nothing_goes_out_before_a_flush(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var output = run.Server.Transport.Output;
        output.Write("abc"u8);
        Assert.Equal((3, 0), (output.UnflushedBytes, run.Statistics.BytesSent));

        await output.FlushAsync().Soon();

        Assert.Equal((0, 3), (output.UnflushedBytes, run.Statistics.BytesSent));
        await run.Client.ReceiveExactlyAsync(new byte[3]).Soon();
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_flush_waits_for_a_peer_that_takes_nothing_and_goes_on_when_it_does(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var output = run.Server.Transport.Output;
        output.Write(new byte[MuchBytes]);
        var flushing = output.FlushAsync();
        Assert.False(flushing.IsCompleted);

        await run.Client.ReceiveExactlyAsync(new byte[MuchBytes]).Soon();

        Assert.True(await flushing.Soon() is { IsCompleted: false, IsCanceled: false });
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Below_the_limit_a_flush_does_not_wait(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(
            transport, options => options with { MaxWriteBufferBytes = long.MaxValue });
        var output = run.Server.Transport.Output;
        output.Write(new byte[MuchBytes]);
        var flushing = output.FlushAsync().AsTask();
        Assert.True(flushing.IsCompletedSuccessfully);

        var received = run.Client.ReceiveToEndAsync(MuchBytes);
        await output.CompleteAsync();
        Assert.Equal(MuchBytes, (await received.Soon()).Length);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_flush_that_is_given_up_loses_no_bytes(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var output = run.Server.Transport.Output;
        output.Write(new byte[MuchBytes]);
        var flushing = output.FlushAsync();
        output.CancelPendingFlush();
        Assert.True((await flushing.Soon()).IsCanceled);

        using var stop = new CancellationTokenSource();
        output.Write("abc"u8);
        var stopped = output.FlushAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => stopped.Soon());

        output.Write("def"u8);
        await output.CompleteAsync();
        var all = await run.Client.ReceiveToEndAsync(MuchBytes + 6).Soon();
        Assert.Equal(MuchBytes + 6, all.Length);
        Assert.Equal("abcdef"u8.ToArray(), all[MuchBytes..]);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_flush_to_a_peer_that_has_gone_says_so_instead_of_throwing(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var output = run.Server.Transport.Output;
        output.Write(new byte[MuchBytes]);
        var flushing = output.FlushAsync();
        Assert.False(flushing.IsCompleted);

        run.Client.Abort();

        Assert.True((await flushing.Soon()).IsCompleted);
        output.Write("abc"u8);
        Assert.True((await output.FlushAsync().Soon()).IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Completed_with_an_exception_it_resets_the_peer(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        await run.Server.Transport.Output.CompleteAsync(new InvalidOperationException("half of it"));
        await Assert.ThrowsAsync<ConnectionResetException>(() => run.Client.ReceiveAsync(new byte[1]).Soon());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task However_it_is_written_every_byte_comes_once_and_in_order(WebTransport transport)
    {
        const int Seed = 7341;
        var random = new Random(Seed);
        await using var run = await TransportRun.StartAsync(transport);
        var body = new byte[4_000_000];
        random.NextBytes(body);
        var receiving = ReceiveSlowlyAsync(run.Client, body.Length);
        var output = run.Server.Transport.Output;
        for (var written = 0; written < body.Length;)
        {
            var count = Math.Min(body.Length - written, random.Next(1, random.Next(1, 50_000)));
            output.Write(body.AsSpan(written, count));
            written += count;
            await FlushPerhapsAsync(output, random);
        }

        await output.CompleteAsync();
        Assert.Equal(body, await receiving.Soon());
    }

    private static async Task FlushPerhapsAsync(PipeWriter output, Random random)
    {
        var way = random.Next(4);
        if (way == 0)
        {
            return;
        }

        var flushing = output.FlushAsync();
        if (way == 1)
        {
            output.CancelPendingFlush();
        }

        await flushing.Soon();
    }

    private static async Task<byte[]> ReceiveSlowlyAsync(Connection client, int count)
    {
        var received = new byte[count];
        for (var come = 0; come < count;)
        {
            await Task.Yield();
            come += await client.ReceiveAsync(received.AsMemory(come, Math.Min(3000, count - come)));
        }

        return received;
    }
}
