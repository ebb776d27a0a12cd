using System.Buffers;

namespace Switchboard.Testing.Conformance;

/// <summary>What is left after the caller has given up.</summary>
internal static class CancellingChecks
{
    private const int Races = 200;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("A cancelled receive loses nothing, and the connection goes on", Receive),
        ConformanceCheck.BothWays("A cancelled receive that meets bytes loses none", ReceiveRaces),
        ConformanceCheck.BothWays("A cancelled wait for exactly so many bytes gives back what had come", Exactly),
        ConformanceCheck.BothWays("A cancelled receive of a frame keeps the part that had come", Frame),
        ConformanceCheck.BothWays("After a cancelled send nothing more is sent, and the peer sees no proper end", Send),
        ConformanceCheck.BothWays("A send that is cancelled before it starts changes nothing", SendBefore),
    ];

    private static async Task Receive(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
        var receiving = near.ReceiveAsync(new byte[16], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await trial.Fails<OperationCanceledException>(async () => await receiving);
        await trial.ExpectWorks(near, far);
    }

    private static async Task ReceiveRaces(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var seen = new ArrayBufferWriter<byte>();
        var buffer = new byte[16];
        for (var race = 0; race < Races; race++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
            var receiving = near.ReceiveAsync(buffer, cancel.Token).AsTask();
            var sending = far.SendAsync(new[] { (byte)race }, trial.Token).AsTask();
            await cancel.CancelAsync();
            await trial.Soon(sending);
            int count;
            try
            {
                count = await trial.Soon(receiving);
            }
            catch (OperationCanceledException) when (!trial.Token.IsCancellationRequested)
            {
                count = await trial.Soon(near.ReceiveAsync(buffer, trial.Token));
            }

            seen.Write(buffer.AsSpan(0, count));
        }

        var expected = Enumerable.Range(0, Races).Select(race => (byte)race).ToArray();
        trial.SameBytes(expected, seen.WrittenSpan, "what was received around the cancellations");
    }

    private static async Task Exactly(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
        var receiving = near.ReceiveExactlyAsync(new byte[10], cancel.Token).AsTask();
        await trial.Soon(far.SendAsync(Pattern.Bytes(7), trial.Token));
        await trial.Until(() => near.GetStatistics().BytesReceived == 7, "the receive taking the first bytes");

        await cancel.CancelAsync();

        await trial.Fails<OperationCanceledException>(async () => await receiving);
        await trial.ExpectBytes(near, Pattern.Bytes(7));
        await trial.ExpectWorks(near, far);
    }

    private static async Task Frame(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var frames = trial.Frames(near, Framing.Lines(100));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
        var receiving = frames.ReceiveAsync(cancel.Token).AsTask();
        await trial.Soon(far.SendAsync("hello, "u8.ToArray(), trial.Token));
        await trial.Until(() => near.GetStatistics().BytesReceived == 7, "the receive taking the first bytes");

        await cancel.CancelAsync();

        await trial.Fails<OperationCanceledException>(async () => await receiving);
        await trial.Soon(far.SendAsync("world\n"u8.ToArray(), trial.Token));
        var frame = await trial.Soon(frames.ReceiveAsync(trial.Token));
        trial.SameBytes("hello, world"u8, (frame ?? default).Span, "the frame after the cancellation");
    }

    private static async Task Send(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(20);
        var (near, far) = await trial.ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
        var sending = near.SendAsync(new byte[trial.Subject.MaxBufferedBytes], cancel.Token).AsTask();
        await trial.Readable(far);

        await cancel.CancelAsync();

        await trial.Fails<OperationCanceledException>(async () => await sending);
        await trial.Fails<InvalidOperationException>(async () => await near.SendAsync(new byte[1], trial.Token));
        await trial.Soon(near.DisposeAsync());
        if (trial.Subject.ShowsResets)
        {
            await trial.Fails<ConnectionResetException>(
                async () => await far.ReceiveToEndAsync(trial.Subject.MaxBufferedBytes, trial.Token));
        }
    }

    private static async Task SendBefore(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var cancelled = new CancellationToken(canceled: true);

        await trial.Fails<OperationCanceledException>(async () => await near.SendAsync(new byte[1], cancelled));

        await trial.ExpectWorks(near, far);
    }
}
