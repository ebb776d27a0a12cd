using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Switchboard.Tests.Connections;

namespace Switchboard.AspNetCore.Tests.Kestrel;

public sealed class ConnectionInputTests
{
    public static TheoryData<WebTransport> Ours => [.. WebTransports.Ours];

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Bytes_that_were_not_consumed_come_again_with_those_behind_them(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var input = run.Server.Transport.Input;
        await run.Client.SendAsync("abc"u8.ToArray());
        var first = (await input.ReadAsync().Soon()).Buffer;
        Assert.Equal("abc"u8.ToArray(), first.ToArray());

        input.AdvanceTo(first.GetPosition(1), first.End);
        var second = input.ReadAsync();
        Assert.False(second.IsCompleted);
        await run.Client.SendAsync("def"u8.ToArray());

        Assert.Equal("bcdef"u8.ToArray(), (await second.Soon()).Buffer.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Bytes_that_were_not_looked_at_are_read_at_once(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var input = run.Server.Transport.Input;
        await run.Client.SendAsync("abc"u8.ToArray());
        var first = (await input.ReadAsync().Soon()).Buffer;

        input.AdvanceTo(first.Start, first.GetPosition(2));

        Assert.True(input.TryRead(out var second));
        Assert.Equal("abc"u8.ToArray(), second.Buffer.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_read_that_is_cancelled_ends_without_losing_bytes(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var input = run.Server.Transport.Input;
        var waiting = input.ReadAsync();
        input.CancelPendingRead();
        Assert.True((await waiting.Soon()).IsCanceled);

        input.CancelPendingRead();
        Assert.True((await input.ReadAsync().Soon()).IsCanceled);

        using var stop = new CancellationTokenSource();
        var stopped = input.ReadAsync(stop.Token);
        await stop.CancelAsync();
        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => stopped.Soon());
        Assert.Equal(stop.Token, error.CancellationToken);

        await run.Client.SendAsync("abc"u8.ToArray());
        Assert.Equal("abc"u8.ToArray(), (await input.ReadAsync().Soon()).Buffer.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task A_token_that_is_cancelled_as_its_read_ends_cancels_no_other_read(WebTransport transport)
    {
        const int Rounds = 100;
        await using var run = await TransportRun.StartAsync(transport);
        var input = run.Server.Transport.Input;
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var first = input.ReadAsync(stop.Token).AsTask();
            var cancelling = stop.CancelAsync();
            await run.Client.SendAsync("a"u8.ToArray());
            var missing = 2 - await ConsumeUnlessCancelledAsync(input, first);
            var second = input.ReadAsync();
            await cancelling.Soon();
            await run.Client.SendAsync("b"u8.ToArray());
            for (var read = await second.Soon(); ; read = await input.ReadAsync().Soon())
            {
                missing -= read.Buffer.Length;
                input.AdvanceTo(read.Buffer.End);
                if (missing == 0)
                {
                    break;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task The_end_comes_behind_the_last_bytes_and_stays(WebTransport transport)
    {
        await using var run = await TransportRun.StartAsync(transport);
        var input = run.Server.Transport.Input;
        await run.Client.SendAsync("abc"u8.ToArray());
        await run.Client.CompleteSendingAsync();

        var read = await ReadUntilAsync(input, read => read.IsCompleted);
        Assert.Equal("abc"u8.ToArray(), read.Buffer.ToArray());
        input.AdvanceTo(read.Buffer.End);

        var after = await input.ReadAsync().Soon();
        Assert.True(after is { IsCompleted: true, Buffer.IsEmpty: true });
        await Waiting.UntilAsync(() => run.Server.ConnectionClosed.IsCancellationRequested);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task Nobody_who_reads_means_that_little_is_received(WebTransport transport)
    {
        const int Limit = 10_000;
        await using var run = await TransportRun.StartAsync(
            transport, options => options with { MaxReadBufferBytes = Limit });
        var body = RandomNumberGenerator.GetBytes(1_000_000);
        var sending = run.Client.SendAsync(body);
        await Waiting.UntilAsync(() => run.Statistics.BytesReceived >= Limit);

        // One receive may bring as much as its buffer holds past the limit.
        Assert.InRange(run.Statistics.BytesReceived, Limit, Limit + (64 * 1024));
        Assert.Equal(body, await ReadExactlyAsync(run.Server.Transport.Input, body.Length));
        await sending.Soon();
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task However_it_is_consumed_every_byte_comes_once_and_in_order(WebTransport transport)
    {
        const int Seed = 7340;
        var random = new Random(Seed);
        await using var run = await TransportRun.StartAsync(
            transport, options => options with { MaxReadBufferBytes = 20_000 });
        var body = new byte[2_000_000];
        random.NextBytes(body);
        var sending = SendInPiecesAsync(run.Client, body, new Random(Seed + 1));

        var input = run.Server.Transport.Input;
        var received = new MemoryStream();
        while (await input.ReadAsync().Soon() is { Buffer: var bytes } read && !(read.IsCompleted && bytes.IsEmpty))
        {
            var consumed = bytes.GetPosition(random.NextInt64(bytes.Length + 1));
            foreach (var piece in bytes.Slice(0, consumed))
            {
                received.Write(piece.Span);
            }

            var isPatient = !read.IsCompleted && random.Next(2) == 0;
            input.AdvanceTo(consumed, isPatient ? bytes.End : consumed);
        }

        await sending.Soon();
        Assert.Equal(body, received.ToArray());
    }

    private static async Task<long> ConsumeUnlessCancelledAsync(PipeReader input, Task<ReadResult> reading)
    {
        try
        {
            var bytes = (await reading.Soon()).Buffer;
            var count = bytes.Length;
            input.AdvanceTo(bytes.End);
            return count;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static async Task SendInPiecesAsync(Connection client, byte[] body, Random random)
    {
        for (var sent = 0; sent < body.Length;)
        {
            var count = Math.Min(body.Length - sent, random.Next(1, random.Next(1, 100_000)));
            await client.SendAsync(body.AsMemory(sent, count));
            sent += count;
        }

        await client.CompleteSendingAsync();
    }

    private static async Task<ReadResult> ReadUntilAsync(PipeReader input, Predicate<ReadResult> isEnough)
    {
        while (true)
        {
            var read = await input.ReadAsync().Soon();
            if (isEnough(read))
            {
                return read;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task<byte[]> ReadExactlyAsync(PipeReader input, int count)
    {
        var received = new MemoryStream();
        while (received.Length < count)
        {
            var read = await input.ReadAsync().Soon();
            foreach (var piece in read.Buffer)
            {
                received.Write(piece.Span);
            }

            input.AdvanceTo(read.Buffer.End);
        }

        return received.ToArray();
    }
}
