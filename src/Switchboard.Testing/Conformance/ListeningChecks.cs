namespace Switchboard.Testing.Conformance;

/// <summary>How listeners accept, and how they end.</summary>
internal static class ListeningChecks
{
    private const int CancelRaces = 50;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.Once("A second listener at the same endpoint is refused, and the first goes on", SecondBind),
        ConformanceCheck.Once("An endpoint is free again once its listener is disposed", BindAgain),
        ConformanceCheck.Once("Disposing a listener ends the accept that waits", DisposedWhileAccepting),
        ConformanceCheck.Once("A disposed listener accepts nothing, and can be disposed again", UsedAfterDispose),
        ConformanceCheck.Once("Connections outlive their listener", OutliveListener),
        ConformanceCheck.Once("Peers that were never accepted find out when the listener is disposed", NeverAccepted),
        ConformanceCheck.Once("A cancelled accept loses nobody", CancelledAccept),
        ConformanceCheck.Once("A cancelled accept that meets a peer loses nobody", CancelledAcceptRaces),
        ConformanceCheck.Once("Two accepts at once are refused, and the first goes on", TwoAccepts),
    ];

    private static async Task SecondBind(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());

        var error = await trial.Fails<BindException>(
            async () => await Listener.BindAsync(listener.Local, trial.Subject.Listen, trial.Token));

        trial.Equal(BindFailure.InUse, error.Failure, "the failure of the second listener");
        var client = await trial.ConnectAsync(listener.Local);
        await trial.Soon(client.SendAsync(new byte[] { 42 }, trial.Token));
        await trial.Soon(client.CompleteSendingAsync(trial.Token));
        trial.Equal(42, await FirstByteAsync(trial, listener), "what the first listener's next peer sends");
    }

    /// <summary>
    /// The second listener may have knocked to find out whether anybody listens; that peer says nothing.
    /// </summary>
    private static async Task<byte> FirstByteAsync(Trial trial, Listener listener)
    {
        var first = new byte[1];
        var count = 0;
        while (count == 0)
        {
            await using var server = await trial.AcceptAsync(listener);
            count = await trial.Soon(server.ReceiveAsync(first, trial.Token));
        }

        return first[0];
    }

    private static async Task BindAgain(Trial trial)
    {
        var first = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var connecting = trial.ConnectAsync(first.Local);
        await trial.ExpectWorks(await trial.AcceptAsync(first), await connecting);
        await trial.Soon(first.DisposeAsync());

        var second = await trial.ListenAsync(first.Local);

        trial.Equal(first.Local, second.Local, "the address of the second listener");
        connecting = trial.ConnectAsync(second.Local);
        await trial.ExpectWorks(await trial.AcceptAsync(second), await connecting);
    }

    private static async Task DisposedWhileAccepting(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var accepting = listener.AcceptAsync(trial.Token).AsTask();

        await trial.Soon(listener.DisposeAsync());

        await trial.Fails<ObjectDisposedException>(async () => await accepting);
    }

    private static async Task UsedAfterDispose(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        await trial.Soon(listener.DisposeAsync());
        await trial.Soon(listener.DisposeAsync());

        await trial.Fails<ObjectDisposedException>(async () => await listener.AcceptAsync(trial.Token));
    }

    private static async Task OutliveListener(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var connecting = trial.ConnectAsync(listener.Local);
        var server = await trial.AcceptAsync(listener);
        var client = await connecting;

        await trial.Soon(listener.DisposeAsync());

        await trial.ExpectWorks(client, server);
    }

    private static async Task NeverAccepted(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var client = await trial.ConnectAsync(listener.Local);

        await trial.Soon(listener.DisposeAsync());

        await trial.ExpectReset(client);
    }

    private static async Task CancelledAccept(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
        var accepting = listener.AcceptAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await trial.Fails<OperationCanceledException>(async () => await accepting);
        var connecting = trial.ConnectAsync(listener.Local);
        await trial.ExpectWorks(await trial.AcceptAsync(listener), await connecting);
    }

    private static async Task CancelledAcceptRaces(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        for (var race = 0; race < CancelRaces; race++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
            var accepting = listener.AcceptAsync(cancel.Token).AsTask();
            var connecting = trial.ConnectAsync(listener.Local);
            await cancel.CancelAsync();
            Connection server;
            try
            {
                server = await trial.Soon(accepting);
            }
            catch (OperationCanceledException) when (!trial.Token.IsCancellationRequested)
            {
                server = await trial.AcceptAsync(listener);
            }

            await using (server)
            {
                var client = await connecting;
                await trial.ExpectWorks(client, server);
                client.Abort();
            }
        }
    }

    private static async Task TwoAccepts(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var first = trial.AcceptAsync(listener);

        await trial.Fails<InvalidOperationException>(async () => await listener.AcceptAsync(trial.Token));

        var client = await trial.ConnectAsync(listener.Local);
        await trial.ExpectWorks(client, await first);
    }
}
