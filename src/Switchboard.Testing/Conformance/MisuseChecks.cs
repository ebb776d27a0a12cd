namespace Switchboard.Testing.Conformance;

/// <summary>Misuse is told, and harms nothing that goes on.</summary>
internal static class MisuseChecks
{
    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("Two receives at once are refused, and the first goes on", TwoReceives),
        ConformanceCheck.BothWays("Two sends at once are refused, and the first goes on", TwoSends),
    ];

    private static async Task TwoReceives(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var first = trial.ExpectBytes(near, Pattern.Bytes(10));

        await trial.Fails<InvalidOperationException>(async () => await near.ReceiveAsync(new byte[1], trial.Token));

        await trial.Soon(far.SendAsync(Pattern.Bytes(10), trial.Token));
        await first;
        await trial.ExpectWorks(near, far);
    }

    private static async Task TwoSends(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(trial.Subject.MaxBufferedBytes);
        var first = near.SendAsync(bytes, trial.Token).AsTask();

        await trial.Fails<InvalidOperationException>(async () => await near.SendAsync(new byte[1], trial.Token));
        await trial.Fails<InvalidOperationException>(async () => await near.CompleteSendingAsync(trial.Token));

        await trial.ExpectBytes(far, bytes);
        await trial.Soon(first);
        await trial.ExpectWorks(near, far);
    }
}
