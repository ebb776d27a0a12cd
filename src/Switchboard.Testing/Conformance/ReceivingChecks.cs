namespace Switchboard.Testing.Conformance;

/// <summary>The ways to receive, and what each leaves for the next.</summary>
internal static class ReceivingChecks
{
    private const int SingleBytes = 2000;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("Bytes that are sent one by one come in order", OneByOne),
        ConformanceCheck.BothWays("A receive into an empty buffer waits for bytes and takes none", EmptyBuffer),
        ConformanceCheck.BothWays("A receive into an empty buffer ends when the peer finishes", EmptyBufferAtEnd),
        ConformanceCheck.BothWays("Receiving exactly so many bytes joins what was sent in parts", Exactly),
        ConformanceCheck.BothWays("Receiving exactly so many bytes tells what came before the end", ExactlyTruncated),
        ConformanceCheck.BothWays("Receiving until a delimiter leaves what is behind it", Until),
        ConformanceCheck.BothWays("Receiving until a delimiter tells an end before it", UntilTruncated),
        ConformanceCheck.BothWays("Receiving to the end gives every byte", ToEnd),
        ConformanceCheck.BothWays("Receiving to the end stops a peer that sends more than the limit", ToEndLimit),
        ConformanceCheck.BothWays("Sending nothing does nothing", SendNothing),
    ];

    private static async Task OneByOne(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(SingleBytes);
        var receiving = trial.ExpectBytes(far, bytes);
        for (var i = 0; i < bytes.Length; i++)
        {
            await trial.Soon(near.SendAsync(bytes.AsMemory(i, 1), trial.Token));
        }

        await receiving;
    }

    private static async Task EmptyBuffer(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var waiting = far.ReceiveAsync(Memory<byte>.Empty, trial.Token).AsTask();
        trial.True(!waiting.IsCompleted, "waiting", "an end", "receive into an empty buffer before anything was sent");

        await trial.Soon(near.SendAsync(Pattern.Bytes(10), trial.Token));

        trial.Equal(0, await trial.Soon(waiting), "the count of a receive into an empty buffer");
        trial.Equal(0, await trial.Soon(far.ReceiveAsync(Memory<byte>.Empty, trial.Token)), "the count of another");
        await trial.ExpectBytes(far, Pattern.Bytes(10));
        await trial.ExpectWorks(near, far);
    }

    private static async Task EmptyBufferAtEnd(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var waiting = far.ReceiveAsync(Memory<byte>.Empty, trial.Token).AsTask();

        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        trial.Equal(0, await trial.Soon(waiting), "the count of a receive into an empty buffer");
        await trial.ExpectEnd(far);
    }

    private static async Task Exactly(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(1000);
        var receiving = trial.ExpectBytes(far, bytes);

        await trial.Soon(near.SendAsync(bytes.AsMemory(0, 1), trial.Token));
        await trial.Soon(near.SendAsync(bytes.AsMemory(1, 998), trial.Token));
        trial.True(!receiving.IsCompleted, "waiting", "an end", "receive 1000 bytes when 999 were sent");
        await trial.Soon(near.SendAsync(bytes.AsMemory(999), trial.Token));

        await receiving;
    }

    private static async Task ExactlyTruncated(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(7), trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        var error = await trial.Fails<TruncatedReceiveException>(
            async () => await far.ReceiveExactlyAsync(new byte[10], trial.Token));

        trial.SameBytes(Pattern.Bytes(7), error.Received.Span, "what the exception carries");
        await trial.ExpectEnd(far);
    }

    private static async Task Until(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync("one::two::three"u8.ToArray(), trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        var delimiter = "::"u8.ToArray();

        var one = await trial.Soon(far.ReceiveUntilAsync(delimiter, 100, trial.Token));
        var two = await trial.Soon(far.ReceiveUntilAsync(delimiter, 100, trial.Token));

        trial.SameBytes("one"u8, one, "up to the first delimiter");
        trial.SameBytes("two"u8, two, "up to the second delimiter");
        await trial.ExpectToEnd(far, "three"u8.ToArray());
        var nothing = await trial.Soon(far.ReceiveUntilAsync(delimiter, 100, trial.Token));
        trial.True(nothing is null, "null", $"{nothing?.Length} bytes", "receive until a delimiter after the end");
    }

    private static async Task UntilTruncated(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync("one:"u8.ToArray(), trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        var error = await trial.Fails<TruncatedFrameException>(
            async () => await far.ReceiveUntilAsync("::"u8.ToArray(), 100, trial.Token));

        trial.SameBytes("one:"u8, error.PartialFrame.Span, "what the exception carries");
    }

    private static async Task ToEnd(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(300_000);
        var receiving = far.ReceiveToEndAsync(bytes.Length, trial.Token).AsTask();
        await trial.Soon(near.SendAsync(bytes, trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        var seen = await trial.Soon(receiving);
        var more = await trial.Soon(far.ReceiveToEndAsync(1, trial.Token));

        trial.SameBytes(bytes, seen, "everything up to the end");
        trial.Equal(0, more.Length, "the bytes after the end");
    }

    private static async Task ToEndLimit(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(101), trial.Token));

        await trial.Fails<FrameTooLargeException>(async () => await far.ReceiveToEndAsync(100, trial.Token));
    }

    private static async Task SendNothing(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(ReadOnlyMemory<byte>.Empty, trial.Token));

        await trial.ExpectWorks(near, far);
    }
}
