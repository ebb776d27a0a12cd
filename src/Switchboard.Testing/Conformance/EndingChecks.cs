namespace Switchboard.Testing.Conformance;

/// <summary>Half-close: one direction ends, the other goes on.</summary>
internal static class EndingChecks
{
    private const int MuchBytes = 1_000_000;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("After one end finishes sending, everything still comes the other way", HalfClose),
        ConformanceCheck.BothWays("Finishing comes after everything that was sent", FinishAfterMuch),
        ConformanceCheck.BothWays("Finishing leaves a receive that waits alone", FinishWhileReceiving),
        ConformanceCheck.BothWays("Nothing can be sent after finishing, and finishing again does nothing", SendAfter),
        ConformanceCheck.BothWays("Both ends may finish at the same moment", BothFinish),
    ];

    private static async Task HalfClose(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(100), trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        await trial.ExpectToEnd(far, Pattern.Bytes(100));

        var reply = Pattern.Bytes(MuchBytes, seed: 2);
        var receiving = trial.ExpectToEnd(near, reply);
        await trial.Soon(far.SendAsync(reply, trial.Token));
        await trial.Soon(far.CompleteSendingAsync(trial.Token));

        await receiving;
        await trial.ExpectEnd(far);
    }

    private static async Task FinishAfterMuch(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(MuchBytes);
        var receiving = trial.ExpectToEnd(far, bytes);
        await trial.Soon(near.SendAsync(bytes, trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        await receiving;
    }

    private static async Task FinishWhileReceiving(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var receiving = trial.ExpectBytes(near, Pattern.Bytes(10));

        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        await trial.ExpectEnd(far);
        trial.True(!receiving.IsCompleted, "waiting", "an end", "the receive of the end that finished sending");

        await trial.Soon(far.SendAsync(Pattern.Bytes(10), trial.Token));
        await receiving;
    }

    private static async Task SendAfter(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        await trial.Fails<InvalidOperationException>(async () => await near.SendAsync(new byte[1], trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));

        await trial.ExpectEnd(far);
        await trial.Soon(far.SendAsync(Pattern.Bytes(10), trial.Token));
        await trial.ExpectBytes(near, Pattern.Bytes(10));
    }

    private static async Task BothFinish(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(10, seed: 1), trial.Token));
        await trial.Soon(far.SendAsync(Pattern.Bytes(10, seed: 2), trial.Token));

        var finishing = near.CompleteSendingAsync(trial.Token).AsTask();
        await trial.Soon(far.CompleteSendingAsync(trial.Token));
        await trial.Soon(finishing);

        await trial.ExpectToEnd(far, Pattern.Bytes(10, seed: 1));
        await trial.ExpectToEnd(near, Pattern.Bytes(10, seed: 2));
    }
}
