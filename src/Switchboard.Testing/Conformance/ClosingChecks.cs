using System.Buffers;

namespace Switchboard.Testing.Conformance;

/// <summary>Closing in order loses nothing, whatever the peer does meanwhile.</summary>
internal static class ClosingChecks
{
    private const int FitsIntoAnyBufferBytes = 32 * 1024;
    private const int MuchBytes = 4 * 1024 * 1024;

    public static IEnumerable<ConformanceCheck> All =>
    [
        ConformanceCheck.BothWays("Closing right after a large send loses nothing", AfterLargeSend),
        ConformanceCheck.BothWays("Closing waits for a send that runs", WhileSending),
        ConformanceCheck.BothWays("What was sent can be received long after the sender has closed", LongClosed),
        ConformanceCheck.BothWays("Closing with bytes unread does not cost the peer the reply", WithUnreadBytes),
        ConformanceCheck.BothWays("Closing ends even if the peer never does", PeerNeverFinishes),
        ConformanceCheck.BothWays("Both ends may close at the same moment", BothClose),
        ConformanceCheck.BothWays("Closing ends the receive that waits", WhileReceiving),
        ConformanceCheck.BothWays("Closing twice, or from two sides at once, is closing once", Twice),
        ConformanceCheck.BothWays("A closed connection neither receives nor sends", UsedAfterwards),
        ConformanceCheck.BothWays("Sending to a peer that has closed fails in the end", SendToClosed),
    ];

    private static async Task AfterLargeSend(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(MuchBytes);
        var receiving = ReceiveSlowlyToEnd(trial, far, bytes);

        await trial.Soon(near.SendAsync(bytes, trial.Token));
        var closing = near.DisposeAsync().AsTask();

        await receiving;
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
    }

    private static async Task WhileSending(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var bytes = Pattern.Bytes(MuchBytes);
        var sending = near.SendAsync(bytes, trial.Token).AsTask();
        var closing = near.DisposeAsync().AsTask();

        await ReceiveSlowlyToEnd(trial, far, bytes);

        await trial.Soon(sending);
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
    }

    /// <summary>In small pieces, letting everyone else run in between.</summary>
    private static async Task ReceiveSlowlyToEnd(Trial trial, Connection connection, byte[] expected)
    {
        var seen = new ArrayBufferWriter<byte>();
        var buffer = new byte[4096];
        int count;
        do
        {
            await Task.Yield();
            count = await trial.Soon(connection.ReceiveAsync(buffer, trial.Token), "receive slowly");
            seen.Write(buffer.AsSpan(0, count));
        }
        while (count > 0);

        trial.SameBytes(expected, seen.WrittenSpan, "everything up to the end");
    }

    private static async Task LongClosed(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(1);
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.SendAsync(Pattern.Bytes(FitsIntoAnyBufferBytes), trial.Token));

        await trial.Soon(near.DisposeAsync());

        await trial.ExpectToEnd(far, Pattern.Bytes(FitsIntoAnyBufferBytes));
    }

    private static async Task WithUnreadBytes(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var sending = far.SendAsync(Pattern.Bytes(MuchBytes / 4), trial.Token).AsTask();
        await trial.Readable(near);
        var reply = Pattern.Bytes(200_000, seed: 2);
        var replying = near.SendAsync(reply, trial.Token).AsTask();
        var closing = near.DisposeAsync().AsTask();

        await trial.ExpectToEnd(far, reply);

        await trial.Soon(sending);
        await trial.Soon(replying);
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
    }

    private static async Task PeerNeverFinishes(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(20);
        var (near, far) = await trial.ConnectAsync();

        await trial.Soon(near.DisposeAsync());

        await trial.ExpectEnd(far);
    }

    private static async Task BothClose(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        await trial.ExpectWorks(near, far);

        var closing = near.DisposeAsync().AsTask();
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);

        trial.Equal(EndReason.Finished, (await near.Closed).Reason, "why the near end ended");
        trial.Equal(EndReason.Finished, (await far.Closed).Reason, "why the far end ended");
    }

    private static async Task WhileReceiving(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var receiving = near.ReceiveAsync(new byte[16], trial.Token).AsTask();
        var closing = near.DisposeAsync().AsTask();

        await trial.Fails<ObjectDisposedException>(async () => await receiving);

        await trial.ExpectEnd(far);
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
    }

    private static async Task Twice(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(20);
        var (near, far) = await trial.ConnectAsync();
        var receiving = near.ReceiveAsync(new byte[16], trial.Token).AsTask();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => trial.Soon(near.DisposeAsync()))));
        await trial.Soon(near.DisposeAsync());

        await trial.Fails<ObjectDisposedException>(async () => await receiving);
        await trial.ExpectEnd(far);
    }

    private static async Task UsedAfterwards(Trial trial)
    {
        var (near, far) = await trial.ConnectAsync();
        var closing = near.DisposeAsync().AsTask();
        await trial.Soon(far.DisposeAsync());
        await trial.Soon(closing);
        var one = new byte[1];

        await trial.Fails<ObjectDisposedException>(async () => await near.ReceiveAsync(one, trial.Token));
        await trial.Fails<ObjectDisposedException>(async () => await near.ReceiveExactlyAsync(one, trial.Token));
        await trial.Fails<ObjectDisposedException>(async () => await near.ReceiveToEndAsync(1, trial.Token));
        await trial.Fails<ObjectDisposedException>(async () => await near.SendAsync(one, trial.Token));
        await trial.Fails<ObjectDisposedException>(async () => await near.CompleteSendingAsync(trial.Token));
    }

    private static async Task SendToClosed(Trial trial)
    {
        trial.CloseTimeout = TimeSpan.FromMilliseconds(1);
        var (near, far) = await trial.ConnectAsync();
        await trial.Soon(near.DisposeAsync());

        await trial.Fails<ConnectionException>(() => SendUntilItFails(trial, far));
    }

    /// <summary>The first sends may still be taken by the operating system.</summary>
    private static async Task SendUntilItFails(Trial trial, Connection connection)
    {
        var chunk = new byte[64 * 1024];
        for (var sent = 0L; sent <= trial.Subject.MaxBufferedBytes; sent += chunk.Length)
        {
            await connection.SendAsync(chunk, trial.Token);
        }
    }
}
