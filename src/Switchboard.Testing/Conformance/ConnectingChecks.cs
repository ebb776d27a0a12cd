namespace Switchboard.Testing.Conformance;

/// <summary>How connections come to be.</summary>
internal static class ConnectingChecks
{
    private const int ManyPeers = 50;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.Once("Each end of a connection knows the other's address", Addresses),
        ConformanceCheck.Once("Peers can connect and send before they are accepted", BeforeAccept),
        ConformanceCheck.Once("Many peers at once each get a connection of their own", ManyAtOnce),
        ConformanceCheck.Once("Connecting where nobody listens is refused", Refused),
        ConformanceCheck.Once("A connect that is cancelled before it starts makes no connection", CancelledBefore),
        ConformanceCheck.Once("A connect that waits for a full backlog can be cancelled", CancelledWhileWaiting),
    ];

    private static async Task Addresses(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var connecting = trial.ConnectAsync(listener.Local);
        var server = await trial.AcceptAsync(listener);
        var client = await connecting;

        trial.Equal(listener.Local, client.Remote, "the client's remote address");
        if (trial.Subject.ShowsPeers)
        {
            trial.Equal(listener.Local, server.Local, "the server's local address");
            trial.Equal(client.Local, server.Remote, "the server's remote address");
        }
    }

    private static async Task BeforeAccept(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var client = await trial.ConnectAsync(listener.Local);
        await trial.Soon(client.SendAsync(Pattern.Bytes(100), trial.Token));

        var server = await trial.AcceptAsync(listener);

        await trial.ExpectBytes(server, Pattern.Bytes(100));
        await trial.ExpectWorks(client, server);
    }

    private static async Task ManyAtOnce(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var clients = Enumerable.Range(0, ManyPeers).Select(_ => trial.ConnectAsync(listener.Local)).ToArray();
        var answering = new List<Task>();
        for (var peer = 0; peer < ManyPeers; peer++)
        {
            answering.Add(AnswerAsync(trial, await trial.AcceptAsync(listener)));
        }

        await Task.WhenAll(clients.Select(async (connecting, number) =>
        {
            var client = await connecting;
            await trial.Soon(client.SendAsync(new[] { (byte)number }, trial.Token));
            await trial.ExpectBytes(client, [(byte)number, (byte)(number + 1)]);
        }));
        await Task.WhenAll(answering);
    }

    private static async Task AnswerAsync(Trial trial, Connection server)
    {
        var number = new byte[1];
        await trial.Soon(server.ReceiveExactlyAsync(number, trial.Token));
        await trial.Soon(server.SendAsync(new[] { number[0], (byte)(number[0] + 1) }, trial.Token));
    }

    private static async Task Refused(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var nobody = listener.Local;
        await trial.Soon(listener.DisposeAsync());

        var error = await trial.Fails<ConnectionRefusedException>(async () => await trial.ConnectWaitingAsync(nobody));

        trial.Equal("connect", error.Operation, "the operation in the exception");
    }

    private static async Task CancelledBefore(Trial trial)
    {
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint());
        var cancelled = new CancellationToken(canceled: true);

        await trial.Fails<OperationCanceledException>(
            async () => await trial.ConnectWaitingAsync(listener.Local, cancelled));

        var connecting = trial.ConnectAsync(listener.Local);
        await trial.ExpectWorks(await trial.AcceptAsync(listener), await connecting);
    }

    /// <summary>Some systems refuse instead of waiting, or have no limit: then there is nothing to cancel.</summary>
    private static async Task CancelledWhileWaiting(Trial trial)
    {
        const int MorePeersThanAnyoneQueues = 64;
        var listener = await trial.ListenAsync(trial.Subject.NewEndpoint(), backlog: 1);
        var connected = new List<Connection>();
        var isCancelled = false;
        while (!isCancelled && connected.Count < MorePeersThanAnyoneQueues)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(trial.Token);
            var connecting = trial.ConnectWaitingAsync(listener.Local, cancel.Token);
            if (await trial.IsHeldUp(connecting))
            {
                await cancel.CancelAsync();
                isCancelled = await EndsCancelled(trial, connecting);
            }

            if (connecting.Exception?.InnerException is ConnectionException)
            {
                break;
            }

            if (!isCancelled)
            {
                connected.Add(await connecting);
            }
        }

        await ExpectOneWorks(trial, connected, await trial.AcceptAsync(listener));
    }

    /// <summary>False if it was only slow, as connects are on a busy machine: then it did not wait for room.</summary>
    private static async Task<bool> EndsCancelled(Trial trial, Task<Connection> connecting)
    {
        await trial.Soon(Task.WhenAny(connecting), "a connect that was cancelled while it waited");
        if (connecting.IsCompletedSuccessfully)
        {
            return false;
        }

        await trial.Fails<OperationCanceledException>(async () => await connecting);
        return true;
    }

    /// <summary>Not always the first: peers that shake hands may overtake each other.</summary>
    private static async Task ExpectOneWorks(Trial trial, List<Connection> clients, Connection server)
    {
        await Task.WhenAll(clients.Select(client => trial.Soon(client.SendAsync(Pattern.Bytes(100), trial.Token))));
        await trial.ExpectBytes(server, Pattern.Bytes(100));
        await trial.Soon(server.SendAsync(Pattern.Bytes(50, seed: 2), trial.Token));
        await await Task.WhenAny(clients.Select(client => trial.ExpectBytes(client, Pattern.Bytes(50, seed: 2))));
    }
}
