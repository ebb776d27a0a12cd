namespace Switchboard.Testing.Conformance;

/// <summary>Every connection says once how it ended.</summary>
internal static class ReportingChecks
{
    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("A connection that both ends finished says so, and counts its bytes", Finished),
        ConformanceCheck.BothWays("A connection that one end closed first says so", Closed),
        ConformanceCheck.BothWays("A connection that was aborted says so at both ends", Aborted),
        ConformanceCheck.BothWays("Nothing changes a connection's end once it is told", OnlyOnce),
        ConformanceCheck.BothWays("The peer's end is not this end's", StaysOpen),
    ];

    private static async Task Finished(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(100), trial.Token));
        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        await trial.ExpectToEnd(far, Pattern.Bytes(100));
        await trial.Soon(far.SendAsync(Pattern.Bytes(30), trial.Token));
        await trial.Soon(far.DisposeAsync());
        await trial.ExpectToEnd(near, Pattern.Bytes(30));
        await trial.Soon(near.DisposeAsync());

        await ExpectReport(trial, near, EndReason.Finished, received: 30, sent: 100);
        await ExpectReport(trial, far, EndReason.Finished, received: 100, sent: 30);
    }

    private static async Task Closed(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(1);
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(100), trial.Token));
        await trial.Soon(near.DisposeAsync());

        await ExpectReport(trial, near, EndReason.Closed, received: 0, sent: 100);
        await trial.ExpectToEnd(far, Pattern.Bytes(100));
    }

    private static async Task Aborted(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.ExpectWorks(near, far);
        near.Abort();

        await ExpectReport(trial, near, EndReason.Aborted, received: 100, sent: 100);
        if (trial.Subject.ShowsResets)
        {
            await trial.ExpectReset(far);
            await trial.Soon(far.DisposeAsync());
            await ExpectReport(trial, far, EndReason.PeerReset, received: 100, sent: 100);
        }
    }

    private static async Task OnlyOnce(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var closing = near.DisposeAsync().AsTask();
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
        var told = await trial.Soon(near.Closed);

        near.Abort();
        await trial.Soon(near.DisposeAsync());

        trial.Equal(told, await trial.Soon(near.Closed), "the end, told again");
        trial.Equal(EndReason.Finished, told.Reason, "why the near end ended");
    }

    private static async Task StaysOpen(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.CompleteSendingAsync(trial.Token));
        await trial.ExpectEnd(far);

        trial.True(!far.Closed.IsCompleted, "an open connection", "a closed one", "the end whose peer has finished");
    }

    private static async Task ExpectReport(
        Trial trial,
        Connection connection,
        EndReason reason,
        long received,
        long sent)
    {
        var end = await trial.Soon(connection.Closed);
        trial.Equal(reason, end.Reason, "why the connection ended");
        trial.Equal(received, end.BytesReceived, "the bytes received");
        trial.Equal(sent, end.BytesSent, "the bytes sent");
    }
}
