namespace Switchboard.Testing.Conformance;

/// <summary>Frames come out the same however their bytes were cut on the way.</summary>
internal static class FramingChecks
{
    private const int LargeFrameBytes = 3 * 1024 * 1024;

    public static IEnumerable<ConformanceCheck> All =>
    [
        .. FramingSample.All.SelectMany(Of),
        ConformanceCheck.BothWays("All of a connection comes as one frame, wherever its bytes are cut", UntilCloseCut),
        ConformanceCheck.BothWays("An empty connection comes as one empty frame", UntilCloseEmpty),
        ConformanceCheck.BothWays("A frame that is larger than any buffer comes whole", Large),
    ];

    private static IEnumerable<ConformanceCheck> Of(FramingSample sample) =>
    [
        ConformanceCheck.BothWays(
            $"{sample.Name} frames come out the same wherever their bytes are cut in two", trial => Cut(trial, sample)),
        ConformanceCheck.BothWays(
            $"{sample.Name} frames come out the same when every byte comes alone", trial => OneByOne(trial, sample)),
        ConformanceCheck.BothWays(
            $"{sample.Name} frames tell an end in the middle of a frame, after each of its bytes",
            trial => Truncated(trial, sample)),
    ];

    private static async Task Cut(Trial trial, FramingSample sample)
    {
        var (near, far) = await trial.ConnectAsync();
        var frames = trial.Frames(far, sample.Framing);
        for (var split = 0; split <= sample.Encoded.Length; split++)
        {
            var receiving = sample.ExpectAsync(trial, frames, $"cut after {split} bytes");
            await SendAndSeeTaken(trial, near, far, sample.Encoded.AsMemory(0, split));
            await SendAndSeeTaken(trial, near, far, sample.Encoded.AsMemory(split));
            await receiving;
        }

        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        await ExpectNoMore(trial, frames);
        await ExpectNoMore(trial, frames);
    }

    private static async Task OneByOne(Trial trial, FramingSample sample)
    {
        var (near, far) = await trial.ConnectAsync();
        var frames = trial.Frames(far, sample.Framing);
        var receiving = sample.ExpectAsync(trial, frames, "byte by byte");
        for (var i = 0; i < sample.Encoded.Length; i++)
        {
            await SendAndSeeTaken(trial, near, far, sample.Encoded.AsMemory(i, 1));
        }

        await receiving;
    }

    /// <summary>The next bytes must not join the last ones on the way, or the cut would not be one.</summary>
    private static async Task SendAndSeeTaken(Trial trial, Connection from, Connection to, ReadOnlyMemory<byte> bytes)
    {
        var target = from.GetStatistics().BytesSent + bytes.Length;
        await trial.Soon(from.SendAsync(bytes, trial.Token));
        await trial.Until(() => to.GetStatistics().BytesReceived >= target, "the receiver taking what was sent");
    }

    private static async Task Truncated(Trial trial, FramingSample sample)
    {
        var whole = sample.EncodeLast();
        for (var count = 1; count < whole.Length; count++)
        {
            var (near, far) = await trial.ConnectAsync();
            var frames = trial.Frames(far, sample.Framing);
            await trial.Soon(near.SendAsync(sample.Encoded, trial.Token));
            await trial.Soon(near.SendAsync(whole.AsMemory(0, count), trial.Token));
            await trial.Soon(near.CompleteSendingAsync(trial.Token));

            await sample.ExpectAsync(trial, frames, $"before {count} bytes of another");
            var error = await trial.Fails<TruncatedFrameException>(async () => await frames.ReceiveAsync(trial.Token));

            trial.SameBytes(whole.AsSpan(0, count), error.PartialFrame.Span, $"the partial frame of {count} bytes");
            near.Abort();
        }
    }

    private static async Task UntilCloseCut(Trial trial)
    {
        var bytes = Pattern.Bytes(9);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var (near, far) = await trial.ConnectAsync();
            var frames = trial.Frames(far, Framing.UntilClose(bytes.Length));
            var receiving = frames.ReceiveAsync(trial.Token).AsTask();
            await SendAndSeeTaken(trial, near, far, bytes.AsMemory(0, split));
            await SendAndSeeTaken(trial, near, far, bytes.AsMemory(split));
            await trial.Soon(near.CompleteSendingAsync(trial.Token));

            var frame = await trial.Soon(receiving);

            trial.SameBytes(bytes, (frame ?? default).Span, $"the frame, cut after {split} bytes");
            await ExpectNoMore(trial, frames);
            near.Abort();
        }
    }

    private static async Task UntilCloseEmpty(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var frames = trial.Frames(far, Framing.UntilClose(1));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        var frame = await trial.Soon(frames.ReceiveAsync(trial.Token));

        trial.Equal(0, frame?.Length, "the length of the frame");
        await ExpectNoMore(trial, frames);
    }

    private static async Task Large(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var framing = Framing.LengthPrefixed(LargeFrameBytes);
        var sender = trial.Frames(near, framing);
        var receiver = trial.Frames(far, framing);
        var frame = Pattern.Bytes(LargeFrameBytes);
        var sending = sender.SendAsync(frame, trial.Token).AsTask();

        var seen = await trial.Soon(receiver.ReceiveAsync(trial.Token));

        trial.SameBytes(frame, (seen ?? default).Span, "the large frame");
        await trial.Soon(sending);
    }

    private static async Task ExpectNoMore(Trial trial, FramedConnection frames)
    {
        var more = await trial.Soon(frames.ReceiveAsync(trial.Token));
        trial.True(more is null, "no more frames", $"one of {more?.Length} bytes", "receive after the last frame");
    }
}
